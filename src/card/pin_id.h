// The PINs of a card as a table: how each looks, how often it may be wrong, how its holder changes it
// (jpki-facts 1.4 and 1.7). Where each stands among the files is in card/application.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "card/card_kind.h"
#include "card/kind.h"

namespace shomei::card {

enum class PinId : std::uint8_t {
  user_authentication,
  signature,
  input_helper,
  input_helper_a,  // reference number A: the national number
  input_helper_b,  // reference number B: birth date, the card's last year, security code
  face_a,
  face_b,
  face_birth_date,  // opens the age record
  common,
};

inline constexpr std::size_t kPinCount = 9;

enum class Characters : std::uint8_t { digits, upper_case_and_digits };

enum class HolderChange : std::uint8_t {
  iso,     // 00 24 01, after VERIFY of the old one or when the issuer has opened it
  jicsap,  // 80 32 00, likewise
  never,   // made of what is printed on the card: the issuer sets it
};

struct PinEntry {
  PinId id;
  std::string_view name;
  std::size_t bytes_min;
  std::size_t bytes_max;
  Characters characters;
  unsigned tries_max;
  HolderChange change;
};

// Ten tries of reference number A, and of what opens the face, are UNCONFIRMED (jpki-facts 1.4). Of the
// common application's PIN nothing is known but its file.
inline constexpr std::array<PinEntry, kPinCount> kPins{{
    {PinId::user_authentication, "user_authentication", 4, 4, Characters::digits, 3, HolderChange::iso},
    {PinId::signature, "signature", 6, 16, Characters::upper_case_and_digits, 5, HolderChange::iso},
    {PinId::input_helper, "input_helper", 4, 4, Characters::digits, 3, HolderChange::iso},
    {PinId::input_helper_a, "input_helper_a", 12, 12, Characters::digits, 10, HolderChange::never},
    {PinId::input_helper_b, "input_helper_b", 14, 14, Characters::digits, 10, HolderChange::never},
    {PinId::face_a, "face_a", 12, 12, Characters::digits, 10, HolderChange::never},
    {PinId::face_b, "face_b", 14, 14, Characters::digits, 10, HolderChange::never},
    {PinId::face_birth_date, "face_birth_date", 6, 6, Characters::digits, 10, HolderChange::never},
    {PinId::common, "common", 4, 4, Characters::digits, 3, HolderChange::jicsap},
}};

constexpr std::size_t index_of(PinId id) {
  return static_cast<std::size_t>(id);
}
constexpr const PinEntry& entry_of(PinId id) {
  return kPins[index_of(id)];
}
constexpr PinId pin_id(Kind kind) {
  return kind == Kind::signature ? PinId::signature : PinId::user_authentication;
}

// Which PIN is asked for where a file names this one: the holder of a card of the next generation has two.
constexpr PinId pin_used(CardKind kind, PinId named) {
  return kind == CardKind::next_generation && named == PinId::input_helper ? PinId::user_authentication
                                                                           : named;
}

// PINs of which any one does.
using PinSet = std::uint16_t;

template <class... Ids>
constexpr PinSet any_of(Ids... ids) {
  return static_cast<PinSet>(((1U << index_of(ids)) | ... | 0U));
}
constexpr bool contains(PinSet set, PinId id) {
  return (set >> index_of(id)) & 1U;
}

}  // namespace shomei::card
