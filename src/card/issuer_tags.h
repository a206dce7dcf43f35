// The objects of the issuer's commands over its channel and of their answers: what one end writes and the
// other reads (docs/formats/card-issuer.md). Those of GET STATUS are in status_tags.h.
#pragma once

#include <cstdint>

namespace shomei::card::issuer_tag {

inline constexpr std::uint8_t kApplication = 0x4F;
inline constexpr std::uint8_t kFile = 0x51;
inline constexpr std::uint8_t kData = 0x53;
inline constexpr std::uint8_t kOffset = 0x54;
inline constexpr std::uint8_t kTotal = 0x80;
inline constexpr std::uint8_t kChallenge = 0x81;

// Of a new key: two bytes, as ISO/IEC 7816-8 and 7816-6 have them; and what is in the first.
inline constexpr std::uint8_t kPublicKey[] = {0x7F, 0x49};
inline constexpr std::uint8_t kAttestation[] = {0x5F, 0x37};
inline constexpr std::uint8_t kModulus = 0x81;
inline constexpr std::uint8_t kExponent = 0x82;
inline constexpr std::uint8_t kPoint = 0x86;

// GET DATA: free to read.
inline constexpr std::uint16_t kAttestationCertificate = 0x7F21;

}  // namespace shomei::card::issuer_tag
