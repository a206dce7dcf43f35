#include "crypto/random.h"

#include <openssl/rand.h>

#include <chrono>

#include "base/check.h"

namespace shomei::crypto {

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  if (count > 0) SHOMEI_INVARIANT(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1);
  return bytes;
}

SecretBytes random_secret(std::size_t count) {
  return SecretBytes::adopt(random_bytes(count));
}

std::string random_identifier_text() {
  static constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";
  std::string text;
  for (auto b : random_bytes(26)) text += kBase32[b & 31];
  return text;
}

std::string ordered_identifier_text() {
  static constexpr std::string_view kBase32Hex = "0123456789abcdefghijklmnopqrstuv";
  constexpr int kTimeLetters = 10;
  constexpr std::size_t kRandomLetters = 16;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  const auto ms =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count());
  std::string text;
  for (int shift = 5 * (kTimeLetters - 1); shift >= 0; shift -= 5) text += kBase32Hex[ms >> shift & 31];
  for (auto b : random_bytes(kRandomLetters)) text += kBase32Hex[b & 31];
  return text;
}

}  // namespace shomei::crypto
