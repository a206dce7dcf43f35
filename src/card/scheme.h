// P1 of COMPUTE DIGITAL SIGNATURE: what the card makes of the bytes that it is given before its key is used
// (jpki-facts 1.5).
#pragma once

#include <cstddef>
#include <cstdint>

namespace shomei::card {

inline constexpr std::size_t kPaddedBytesMax = 245;  // PKCS#1 v1.5 in 2048 bits: 256 - 11 (RFC 8017 9.2)

enum class Scheme : std::uint8_t {
  pad_as_given = 0x00,    // PKCS#1 v1.5 padding of a DigestInfo, or of anything of 1 to kPaddedBytesMax
  pad_digest_of = 0x01,   // of the bare SHA-256 of a message
  digest_info = 0x02,     // of a DigestInfo around a SHA-256
  digest_info_of = 0x03,  // of a DigestInfo around the SHA-256 of a message
  pss_digest = 0x04,      // RSASSA-PSS of a SHA-256; salt of 32 bytes
  pss_digest_of = 0x05,   // RSASSA-PSS of the SHA-256 of a message
};

}  // namespace shomei::card
