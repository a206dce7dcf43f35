// The status words that end every answer (ISO/IEC 7816-4 section 5.6, and what JICSAP cards make of them;
// jpki-facts 1.4). Most are the chip's; a terminal acts on a few.
#pragma once

#include <cstdint>

namespace shomei::card {

using StatusWord = std::uint16_t;

namespace sw {

inline constexpr StatusWord kDone = 0x9000;
inline constexpr StatusWord kTriesLeft = 0x63C0;  // the lowest four bits: how many
inline constexpr StatusWord kMemoryFailure = 0x6581;
inline constexpr StatusWord kWrongLength = 0x6700;
inline constexpr StatusWord kNoChannels = 0x6881;
inline constexpr StatusWord kNoSecureMessaging = 0x6882;
inline constexpr StatusWord kWrongFileType = 0x6981;
inline constexpr StatusWord kSecurityStatus = 0x6982;
inline constexpr StatusWord kPinBlockedIso = 0x6983;
inline constexpr StatusWord kPinBlocked = 0x6984;  // JICSAP: the referenced IEF is blocked
inline constexpr StatusWord kConditions = 0x6985;
inline constexpr StatusWord kNoCurrentFile = 0x6986;
inline constexpr StatusWord kWrongData = 0x6A80;
inline constexpr StatusWord kFileNotFound = 0x6A82;
inline constexpr StatusWord kRecordNotFound = 0x6A83;
inline constexpr StatusWord kNoRoom = 0x6A84;
inline constexpr StatusWord kWrongParameters = 0x6A86;
inline constexpr StatusWord kReferenceNotFound = 0x6A88;
inline constexpr StatusWord kWrongOffset = 0x6B00;
inline constexpr StatusWord kUnknownInstruction = 0x6D00;
inline constexpr StatusWord kUnknownClass = 0x6E00;
inline constexpr StatusWord kNoDiagnosis = 0x6F00;

constexpr StatusWord tries_left(unsigned tries) {
  return static_cast<StatusWord>(kTriesLeft | (tries < 15 ? tries : 15));
}
constexpr bool is_tries_left(StatusWord word) {
  return (word & 0xFFF0) == kTriesLeft;
}
// Cards differ, and clients must take both (jpki-facts 1.6).
constexpr bool is_blocked(StatusWord word) {
  return word == kPinBlockedIso || word == kPinBlocked;
}

}  // namespace sw
}  // namespace shomei::card
