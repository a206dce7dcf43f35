// BackWriter: DER written from its end to its beginning, so that a length is known when it is written and
// nothing is copied into what contains it. For what is written many times a second; elsewhere writer.h is
// easier to read.
//   BackWriter to(100);
//   const auto end = to.mark();
//   to.value(kOctetString, hash);   // the last member first
//   to.put(algorithm_der);
//   to.wrap(kSequence, end);
#pragma once

#include <algorithm>

#include "base/bytes.h"
#include "der/tag.h"

namespace shomei::der {

class BackWriter {
 public:
  // Room for so many bytes at first; more is made where it is needed.
  explicit BackWriter(std::size_t bytes) : buffer_(bytes), at_(bytes) {}

  std::size_t mark() const { return buffer_.size() - at_; }  // bytes behind what is written next

  void put(std::uint8_t byte) {
    make_room(1);
    buffer_[--at_] = byte;
  }
  void put(ByteView bytes) {
    make_room(bytes.size());
    at_ -= bytes.size();
    std::ranges::copy(bytes, buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
  }
  // Tag and length in front of what was written since mark() said `end`.
  void wrap(Tag tag, std::size_t end) {
    std::size_t length = mark() - end;
    if (length < 0x80) {
      put(static_cast<std::uint8_t>(length));
    } else {
      std::uint8_t bytes = 0;
      for (; length > 0; length >>= 8, ++bytes) put(static_cast<std::uint8_t>(length));
      put(static_cast<std::uint8_t>(0x80 | bytes));
    }
    put(tag);
  }
  // A whole value.
  void value(Tag tag, ByteView content) {
    const auto end = mark();
    put(content);
    wrap(tag, end);
  }
  Bytes take() && {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
    return std::move(buffer_);
  }

 private:
  void make_room(std::size_t bytes) {
    if (bytes <= at_) return;
    const std::size_t written = mark();
    Bytes wider(2 * buffer_.size() + bytes);
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(at_), buffer_.end(),
              wider.end() - static_cast<std::ptrdiff_t>(written));
    buffer_ = std::move(wider);
    at_ = buffer_.size() - written;
  }

  Bytes buffer_;
  std::size_t at_;  // of the first byte that is written
};

}  // namespace shomei::der
