// Transport: the way to a card, wherever it is: in a PC/SC reader, or in this process. One command at a time,
// from one thread.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card {

class Transport {
 public:
  virtual ~Transport() = default;
  // The answer with its status word. An error means that no answer came: unavailable "card_gone" and what the
  // transport adds.
  virtual Result<Bytes> transmit(ByteView command) = 0;
};

}  // namespace shomei::card
