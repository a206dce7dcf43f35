// ChipTransport: a terminal in the same process as the chip: the way in which a counter writes a card file.
#pragma once

#include "card/applet/chip.h"
#include "card/transport.h"

namespace shomei::card::applet {

class ChipTransport final : public Transport {
 public:
  // Powers the chip on. The chip must outlive the transport.
  explicit ChipTransport(Chip& chip);
  Result<Bytes> transmit(ByteView command) override;

 private:
  Chip& chip_;
};

}  // namespace shomei::card::applet
