// A file descriptor that closes itself. A plain close loses no error: whoever writes has called fsync.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/bytes.h"

namespace shomei::files {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }
  explicit operator bool() const { return number_ >= 0; }
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }  // it is the caller's from then on
  void close() {
    if (number_ >= 0) ::close(release());
  }

 private:
  int number_;
};

// All of it, whatever interrupts; false with errno when it cannot be written.
inline bool write_all(int file, ByteView content) {
  while (!content.empty()) {
    const auto count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    content = content.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace shomei::files
