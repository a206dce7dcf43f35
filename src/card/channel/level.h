// What a secured channel protects: the values of P1 of EXTERNAL AUTHENTICATE (GlobalPlatform Card
// Specification 2.3, Amendment D, section 7.1.2.1). Level 00, which authenticates and protects nothing, is
// not offered.
#pragma once

#include <cstdint>
#include <optional>

namespace shomei::card::channel {

enum class Level : std::uint8_t {
  c_mac = 0x01,              // commands cannot be changed, dropped, repeated or made up
  c_mac_c_enc = 0x03,        // and their data cannot be read
  c_mac_r_mac = 0x11,        // answers cannot be changed either
  c_mac_c_enc_r_mac = 0x13,  // commands cannot be read, answers not changed
  all = 0x33,                // commands and answers can be neither read nor changed
};

inline constexpr Level kLevels[] = {Level::c_mac, Level::c_mac_c_enc, Level::c_mac_r_mac,
                                    Level::c_mac_c_enc_r_mac, Level::all};

constexpr bool encrypts_commands(Level level) {
  return (static_cast<std::uint8_t>(level) & 0x02) != 0;
}
constexpr bool authenticates_answers(Level level) {
  return (static_cast<std::uint8_t>(level) & 0x10) != 0;
}
constexpr bool encrypts_answers(Level level) {
  return (static_cast<std::uint8_t>(level) & 0x20) != 0;
}
constexpr std::optional<Level> level_of(std::uint8_t p1) {
  for (const Level level : kLevels)
    if (static_cast<std::uint8_t>(level) == p1) return level;
  return {};
}

}  // namespace shomei::card::channel
