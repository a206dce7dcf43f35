// Resident: a person in the register. The four basic attributes (name, address, gender, date of birth) go
// into a signature certificate (jpki-facts 2.4); the rest are the facts that rules ask for. Never the
// national number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/identifier.h"
#include "base/result.h"

namespace shomei::residents {

enum class Gender { male, female, unknown };

// A foreign resident's certificates end with the period of stay, unless the status has no end (seed:
// validity).
enum class ResidenceStatus {
  japanese,
  special_permanent_resident,
  permanent_resident,
  other_foreign_resident,
  no_end_of_stay,
};

struct MovingAbroad {
  Date planned;
  bool continued_use = false;
  bool operator==(const MovingAbroad&) const = default;
};

struct Resident {
  ResidentId id;
  std::string name;     // NFC; family and given name divided by U+3000
  std::string address;  // as the register prints it, no postcode
  Gender gender = Gender::unknown;
  Date born;
  ResidenceStatus status = ResidenceStatus::japanese;
  std::optional<Date> period_of_stay_ends;  // only with other_foreign_resident
  bool adult_ward = false;
  std::string municipality;         // five digits
  std::string registered_domicile;  // five digits, or empty
  std::optional<Date> died;
  std::optional<Date> left_register;
  std::optional<MovingAbroad> moving_abroad;
  bool operator==(const Resident&) const = default;
};

enum class CardKind { standard, face_authentication };
enum class CardState { active, suspended, lost, returned, expired };

// The card as the register knows it: its own validity is not the certificates' (seed: note on the expiration
// date).
struct CardRecord {
  CardId id;
  ResidentId holder;
  CardKind kind = CardKind::standard;
  Date valid_until;
  CardState state = CardState::active;
  bool operator==(const CardRecord&) const = default;
};

// malformed "born_in_future" {born, today}.
Result<void> expect_born(const Resident& resident, Date today);

std::string_view name(Gender gender);
std::string_view name(ResidenceStatus status);
std::string_view name(CardKind kind);
std::string_view name(CardState state);
// malformed "value_unknown" with the parameters member and value.
Result<Gender> parse_gender(std::string_view text);
Result<ResidenceStatus> parse_residence_status(std::string_view text);
Result<CardKind> parse_card_kind(std::string_view text);
Result<CardState> parse_card_state(std::string_view text);

}  // namespace shomei::residents
