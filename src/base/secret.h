// SecretBytes: key material, PINs and salts of commitments. Wiped when it goes out of life, never copied by
// accident, never printed. reveal() is the one way to the bytes: search for it to find every use.
#pragma once

#include <string.h>  // explicit_bzero

#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace shomei {

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  // Takes over the buffer, so that no second copy stays behind.
  static SecretBytes adopt(Bytes&& bytes) {
    SecretBytes secret;
    secret.bytes_ = std::move(bytes);
    return secret;
  }
  static SecretBytes of_text(std::string_view text) { return SecretBytes(view(text)); }

  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  ~SecretBytes() { wipe(); }

  SecretBytes clone() const { return SecretBytes(reveal()); }
  ByteView reveal() const { return bytes_; }
  std::string_view reveal_text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }

 private:
  void wipe() noexcept {
    if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
    bytes_.clear();
  }
  Bytes bytes_;
};

}  // namespace shomei
