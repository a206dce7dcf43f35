// Which bytes may stand where in a request (RFC 9110 5.5 and 5.6.2, RFC 9112 3.2), by one look into a table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace shomei::wire {

enum CharacterClass : std::uint8_t {
  kToken = 1,   // methods and field names
  kTarget = 2,  // what is visible in ASCII
  kValue = 4,   // field values: visible, space, tab, and bytes over 127
  kHost = 8     // what can stand in a host and its port, RFC 3986 3.2.2
};

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0x20; c < 256; ++c)
    if (c != 0x7f) classes[c] |= kValue;
  classes['\t'] |= kValue;
  for (unsigned c = 0x21; c < 0x7f; ++c) classes[c] |= kTarget;
  for (const char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    classes[static_cast<unsigned char>(c)] |= kToken | kHost;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) classes[static_cast<unsigned char>(c)] |= kToken;
  for (const char c : std::string_view("-._~%!$&'()*+,;=:[]"))
    classes[static_cast<unsigned char>(c)] |= kHost;
  return classes;
}

inline constexpr std::array<std::uint8_t, 256> kClasses = make_classes();

inline bool is(CharacterClass wanted, char c) {
  return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}

}  // namespace shomei::wire
