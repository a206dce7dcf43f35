#include "card/applet/chip_transport.h"

namespace shomei::card::applet {

ChipTransport::ChipTransport(Chip& chip) : chip_(chip) {
  chip_.reset();
}

Result<Bytes> ChipTransport::transmit(ByteView command) {
  return chip_.respond(command);
}

}  // namespace shomei::card::applet
