// The limits that more than one folder must agree on. A limit that only one file enforces stands in that
// file.
#pragma once

#include <cstddef>

namespace shomei::limits {

inline constexpr std::size_t kCertificateBytesMax =
    8 * 1024;                                              // a card file holds it; real ones are under 2 KiB
inline constexpr std::size_t kAddressCharactersMax = 200;  // jpki-facts 2.4
inline constexpr std::size_t kNameCharactersMax = 100;
inline constexpr std::size_t kRegisterLineBytesMax = 16 * 1024;

}  // namespace shomei::limits
