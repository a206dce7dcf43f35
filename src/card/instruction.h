// The instructions that the chip knows and a terminal sends (jpki-facts 1.4). Those of the personalisation
// are our own: docs/formats/card-personalisation.md.
#pragma once

#include <cstdint>

namespace shomei::card {

inline constexpr std::uint8_t kIsoClass = 0x00;
inline constexpr std::uint8_t kOwnClass = 0x80;

namespace ins {

inline constexpr std::uint8_t kVerify = 0x20;
inline constexpr std::uint8_t kChangeReferenceData = 0x24;
inline constexpr std::uint8_t kComputeSignature = 0x2A;  // class 80
inline constexpr std::uint8_t kGetChallenge = 0x84;
inline constexpr std::uint8_t kSelect = 0xA4;
inline constexpr std::uint8_t kReadBinary = 0xB0;

// Class 80, while the card is being personalised.
inline constexpr std::uint8_t kGenerateKeyPair = 0x46;
inline constexpr std::uint8_t kWriteFile = 0xD6;
inline constexpr std::uint8_t kSetAvailability = 0xDA;
inline constexpr std::uint8_t kSetPin = 0xE0;
inline constexpr std::uint8_t kFinishPersonalisation = 0xE6;

}  // namespace ins
}  // namespace shomei::card
