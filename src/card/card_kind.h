// The kinds of cards (jpki-facts 2.8 and section 3). What differs between them is asked here and nowhere
// else.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "card/kind.h"

namespace shomei::card {

enum class CardKind : std::uint8_t {
  standard = 0,
  child = 1,                // of a person who is too young to sign: no signature certificate
  face_authentication = 2,  // no PINs: shown to certified terminals that look at the face
  next_generation = 3,      // P-384 and SHA-384, two PINs; our reading of a report, not of a specification
};

inline constexpr std::array kCardKinds{CardKind::standard, CardKind::child, CardKind::face_authentication,
                                       CardKind::next_generation};

constexpr std::string_view name(CardKind kind) {
  switch (kind) {
    case CardKind::standard:
      return "standard";
    case CardKind::child:
      return "child";
    case CardKind::face_authentication:
      return "face_authentication";
    case CardKind::next_generation:
      return "next_generation";
  }
  return {};
}

constexpr bool can_hold(CardKind card, Kind kind) {
  return kind == Kind::user_authentication ||
         (card != CardKind::child && card != CardKind::face_authentication);
}
constexpr bool has_pins(CardKind card) {
  return card != CardKind::face_authentication;
}

}  // namespace shomei::card
