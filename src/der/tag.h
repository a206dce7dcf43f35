// The tags that certificates, status answers and journal entries use (one-byte tags only).
#pragma once

#include <cstdint>

namespace shomei::der {

using Tag = std::uint8_t;

inline constexpr Tag kBoolean = 0x01;
inline constexpr Tag kInteger = 0x02;
inline constexpr Tag kBitString = 0x03;
inline constexpr Tag kOctetString = 0x04;
inline constexpr Tag kNull = 0x05;
inline constexpr Tag kOid = 0x06;
inline constexpr Tag kEnumerated = 0x0A;
inline constexpr Tag kUtf8String = 0x0C;
inline constexpr Tag kPrintableString = 0x13;
inline constexpr Tag kIa5String = 0x16;
inline constexpr Tag kUtcTime = 0x17;
inline constexpr Tag kGeneralizedTime = 0x18;
inline constexpr Tag kSequence = 0x30;
inline constexpr Tag kSet = 0x31;

// [n] IMPLICIT over a primitive type, and [n] EXPLICIT or IMPLICIT over a constructed one.
constexpr Tag context(std::uint8_t n) {
  return static_cast<Tag>(0x80 | n);
}
constexpr Tag context_constructed(std::uint8_t n) {
  return static_cast<Tag>(0xA0 | n);
}

}  // namespace shomei::der
