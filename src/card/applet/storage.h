// ChipStorage: where a chip's state lasts. The chip calls it before it answers, each time that something
// changed that must outlive the power.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::card::applet {

class ChipStorage {
 public:
  virtual ~ChipStorage() = default;
  // Has the whole state been stored durably? If not, the chip goes on with the old one and answers 6581.
  // The bytes hold private keys.
  virtual Result<void> save(ByteView state) = 0;
};

}  // namespace shomei::card::applet
