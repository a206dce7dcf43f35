#include "crypto/random.h"

#include <openssl/rand.h>

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

}  // namespace shomei::crypto
