// Key: what a serial number is in a filter: the first 128 bits of SHA-256 of the filter's salt and the
// serial's bytes. Each filter has a salt of its own, so two filters cannot be laid beside each other.
#pragma once

#include <compare>
#include <cstdint>

#include "base/bytes.h"
#include "pki/serial_number.h"

namespace shomei::filter {

using Salt = ByteArray<16>;

// Two numbers, the first eight bytes and the next, big-endian: keys sort as their bytes do.
struct Key {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Key&) const = default;
};

inline constexpr unsigned kKeyBytes = 16;

Key key_of(const Salt& salt, const pki::SerialNumber& serial);

// The key with all but its first `bytes` (1 to 16) zero, and its form on disk.
Key prefix_of(const Key& key, unsigned bytes);
void append_prefix(Bytes& to, const Key& key, unsigned bytes);
Key key_of_prefix(ByteView prefix);

}  // namespace shomei::filter
