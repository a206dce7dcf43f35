// The form of the two PINs (jpki-facts 1.4): what the chip stores and what a terminal may send.
#pragma once

#include <string_view>

#include "card/kind.h"

namespace shomei::card {

inline constexpr std::size_t kUserAuthenticationPinDigits = 4;
inline constexpr std::size_t kSignaturePasswordCharactersMin = 6;
inline constexpr std::size_t kSignaturePasswordCharactersMax = 16;

constexpr unsigned tries_max(Kind kind) {
  return kind == Kind::signature ? 5 : 3;
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper_case(char c) {
  return c >= 'A' && c <= 'Z';
}

// Exactly as the card holds it: four digits; 6 to 16 of A-Z and 0-9. That a password must have both letters
// and digits is a rule of the counters, not of the card.
constexpr bool is_pin_form(Kind kind, std::string_view pin) {
  const bool signature = kind == Kind::signature;
  if (signature ? pin.size() < kSignaturePasswordCharactersMin || pin.size() > kSignaturePasswordCharactersMax
                : pin.size() != kUserAuthenticationPinDigits)
    return false;
  for (const char c : pin)
    if (!is_digit(c) && !(signature && is_upper_case(c))) return false;
  return true;
}

}  // namespace shomei::card
