// The form of the PINs: what the chip stores and what a terminal may send.
#pragma once

#include <string_view>

#include "card/pin_id.h"

namespace shomei::card {

constexpr unsigned tries_max(PinId id) {
  return entry_of(id).tries_max;
}
constexpr unsigned tries_max(Kind kind) {
  return tries_max(pin_id(kind));
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper_case(char c) {
  return c >= 'A' && c <= 'Z';
}

// Exactly as the card holds it: no padding, capitals alone. That a password must have both letters and digits
// is a rule of the counters, not of the card.
constexpr bool is_pin_form(PinId id, std::string_view pin) {
  const PinEntry& entry = entry_of(id);
  if (pin.size() < entry.bytes_min || pin.size() > entry.bytes_max) return false;
  for (const char c : pin)
    if (!is_digit(c) && !(entry.characters == Characters::upper_case_and_digits && is_upper_case(c)))
      return false;
  return true;
}
constexpr bool is_pin_form(Kind kind, std::string_view pin) {
  return is_pin_form(pin_id(kind), pin);
}

}  // namespace shomei::card
