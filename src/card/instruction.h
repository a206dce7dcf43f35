// The instructions that a terminal sends (jpki-facts 1.4; which of them the chip knows, and where, is the
// table in applet/chip.cc). Those of the issuer's channel are GlobalPlatform's and ISO's, their data our own:
// docs/formats/card-issuer.md.
#pragma once

#include <cstdint>

namespace shomei::card {

inline constexpr std::uint8_t kIsoClass = 0x00;
inline constexpr std::uint8_t kOwnClass = 0x80;
inline constexpr std::uint8_t kSecuredClass = 0x84;  // GlobalPlatform's secure messaging

namespace ins {

inline constexpr std::uint8_t kVerify = 0x20;
inline constexpr std::uint8_t kChangeReferenceData = 0x24;
inline constexpr std::uint8_t kComputeSignature = 0x2A;  // class 80
inline constexpr std::uint8_t kChangeKey = 0x32;         // class 80, JICSAP
inline constexpr std::uint8_t kGetChallenge = 0x84;
inline constexpr std::uint8_t kInternalAuthenticate = 0x88;
inline constexpr std::uint8_t kTerminalCertificate = 0xA2;  // class 80
inline constexpr std::uint8_t kSelect = 0xA4;
inline constexpr std::uint8_t kSetSessionKey = 0xAE;  // class 80
inline constexpr std::uint8_t kReadBinary = 0xB0;
inline constexpr std::uint8_t kReadRecord = 0xB2;
inline constexpr std::uint8_t kGetResponse = 0xC0;
inline constexpr std::uint8_t kGetData = 0xCA;
inline constexpr std::uint8_t kGetDataOdd = 0xCB;            // its data is TLV
inline constexpr std::uint8_t kLastCommandIndicator = 0xFC;  // class 80

// JICSAP's, class 80, for the issuer alone.
inline constexpr std::uint8_t kErase = 0x06;
inline constexpr std::uint8_t kLockApplication = 0x50;
inline constexpr std::uint8_t kUnlockApplication = 0x52;
inline constexpr std::uint8_t kUnlockKey = 0x54;
inline constexpr std::uint8_t kManageAttributes = 0x8A;

// In the issuer's domain.
inline constexpr std::uint8_t kInitializeUpdate = 0x50;      // class 80
inline constexpr std::uint8_t kExternalAuthenticate = 0x82;  // class 84, as all that follow
inline constexpr std::uint8_t kResetRetryCounter = 0x2C;
inline constexpr std::uint8_t kGenerateKeyPair = 0x46;
inline constexpr std::uint8_t kUpdateBinary = 0xD7;
inline constexpr std::uint8_t kDelete = 0xE4;
inline constexpr std::uint8_t kSetStatus = 0xF0;
inline constexpr std::uint8_t kGetStatus = 0xF2;

}  // namespace ins

// P1 and P2 of SELECT, as a terminal sends them.
inline constexpr std::uint8_t kSelectFile = 0x02;
inline constexpr std::uint8_t kSelectApplication = 0x04;
inline constexpr std::uint8_t kSelectWithoutAnswer = 0x0C;
// P1 of CHANGE REFERENCE DATA.
inline constexpr std::uint8_t kNewDataAlone = 0x01;

}  // namespace shomei::card
