// Cursor: takes numbers and runs of bytes off the front of bytes that it borrows. Nothing is allocated for
// what is not there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/digest.h"

namespace shomei::filter {

Error bad_form(std::string_view what);  // malformed "filter_form" {what}

class Cursor {
 public:
  explicit Cursor(ByteView bytes) : rest_(bytes) {}
  ByteView rest() const { return rest_; }

  // All errors are malformed "filter_form": the bytes end before. Numbers are big-endian.
  Result<ByteView> take(std::uint64_t count);
  Result<std::uint64_t> take_number(unsigned bytes);  // 1 to 8
  Result<crypto::Sha256> take_digest();
  Result<std::string> take_text(unsigned length_bytes);  // behind its length
  Result<void> expect_done() const;

 private:
  ByteView rest_;
};

}  // namespace shomei::filter
