// SHA-256 of what comes piece by piece: files that are larger than the memory.
#pragma once

#include <memory>

#include "crypto/digest.h"

namespace shomei::crypto {

class Sha256Stream {
 public:
  Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  ~Sha256Stream();
  void add(ByteView bytes);
  Sha256 finish();  // of all that was added; the next is of what comes then

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace shomei::crypto
