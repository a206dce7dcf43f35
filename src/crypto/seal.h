// Sealing: authenticated encryption of what rests on a disk (AES-256-GCM, a random 96-bit nonce before the
// ciphertext, the 128-bit tag behind it). `context` says what is sealed and for whom; a blob moved elsewhere
// does not open.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace shomei::crypto {

inline constexpr std::size_t kSealKeyBytes = 32;

Bytes seal(const SecretBytes& key, std::string_view context, ByteView plain);
// refused "seal_broken": another key, another context, or changed bytes.
Result<SecretBytes> open_sealed(const SecretBytes& key, std::string_view context, ByteView sealed);

}  // namespace shomei::crypto
