// AES as card protocols use it: CMAC (NIST SP 800-38B, RFC 4493) and CBC (SP 800-38A) over whole blocks,
// without padding. Keys are of 16, 24 or 32 bytes. CBC alone vouches for nothing: check a MAC first.
#pragma once

#include <initializer_list>

#include "base/bytes.h"
#include "base/secret.h"

namespace shomei::crypto {

inline constexpr std::size_t kAesBlockBytes = 16;
using AesBlock = ByteArray<kAesBlockBytes>;

constexpr bool is_aes_key_size(std::size_t bytes) {
  return bytes == 16 || bytes == 24 || bytes == 32;
}

// 16 bytes, over the parts one after the other.
SecretBytes cmac(const SecretBytes& key, std::initializer_list<ByteView> parts);

// `data` must be whole blocks; what comes out is as long.
SecretBytes encrypt_cbc(const SecretBytes& key, const AesBlock& iv, ByteView data);
SecretBytes decrypt_cbc(const SecretBytes& key, const AesBlock& iv, ByteView data);

}  // namespace shomei::crypto
