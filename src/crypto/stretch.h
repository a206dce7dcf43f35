// Stretching: a key out of a passphrase by scrypt (RFC 7914), so that whoever tries passphrases pays time and
// memory for each one.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/secret.h"

namespace shomei::crypto {

// Memory is 128 * r * 2^log2_n bytes; the defaults take 32 MiB and about a tenth of a second.
struct StretchCost {
  std::uint8_t log2_n = 15;
  std::uint32_t r = 8;
  std::uint32_t p = 1;
  bool operator==(const StretchCost&) const = default;
};

inline constexpr std::uint64_t kStretchMemoryMax = 256 * 1024 * 1024;

// Whether the numbers are ones of scrypt and take at most kStretchMemoryMax: asked of what comes from a file.
bool is_usable(const StretchCost& cost);

// 32 bytes. `cost` must be usable.
SecretBytes stretch(const SecretBytes& passphrase, ByteView salt, const StretchCost& cost);

}  // namespace shomei::crypto
