// PinTransport: the way to a card for whoever sends a PIN. A chip pays the try before it compares, and writes
// a new PIN before it answers: when the answer does not come, nobody knows what became of either, and the
// error says so. The transport below must live longer. Errors: as that of the transport below, but after a
// PIN unavailable "pin_answer_lost", after a new PIN "new_pin_answer_lost" (parameter cause, the code below).
#pragma once

#include "card/transport.h"

namespace shomei::card::client {

class PinTransport final : public Transport {
 public:
  explicit PinTransport(Transport& below) : below_(below) {}
  Result<Bytes> transmit(ByteView command) override;

 private:
  Transport& below_;
};

}  // namespace shomei::card::client
