// The objects of GET STATUS over the issuer's channel: what the chip writes and the issuer reads
// (docs/formats/card-issuer.md).
#pragma once

#include <cstdint>

namespace shomei::card::status_tag {

inline constexpr std::uint8_t kPhase = 0xC0;
inline constexpr std::uint8_t kCardKind = 0xC1;
inline constexpr std::uint8_t kTokenSerial = 0xC2;
inline constexpr std::uint8_t kPin = 0xC3;         // which, tries left, mark
inline constexpr std::uint8_t kFile = 0xC4;        // application, file, SHA-256
inline constexpr std::uint8_t kPendingKey = 0xC5;  // file, SHA-256 of the public key
inline constexpr std::uint8_t kKey = 0xC6;         // likewise

}  // namespace shomei::card::status_tag
