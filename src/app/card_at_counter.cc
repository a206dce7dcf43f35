#include "app/card_at_counter.h"

#include "card/applet/chip_transport.h"
#include "card/pcsc/pcsc_transport.h"

namespace shomei::app {

Result<void> CardAtCounter::connect() {
  if (reader_.empty()) {
    SHOMEI_TRY(file_, take_(issuer_.card()));
    transport_ = std::make_unique<card::applet::ChipTransport>(file_->chip());
    return {};
  }
  SHOMEI_TRY(transport_, card::pcsc::PcscTransport::connect(reader_ == "any" ? "" : reader_));
  return {};
}

Result<Bytes> CardAtCounter::transmit(ByteView command) {
  if (!transport_) SHOMEI_CHECK(connect());
  return transport_->transmit(command);
}

}  // namespace shomei::app
