// Facts: all that a rule may look at, gathered by the counter from the register, the card and the store.
// Plain values of the domain; the register's rows are turned into them in counter/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace shomei::rules {

enum class Kind { signature, user_authentication };
std::string_view name(Kind kind);

enum class ResidenceStatus {
  japanese,
  special_permanent_resident,
  permanent_resident,
  other_foreign_resident,
  no_end_of_stay
};
enum class CardKind { standard, face_authentication };
enum class CardState { active, suspended, lost, returned, expired };
enum class CertificateState { valid, suspended, revoked };

// What happens to a resident's record in the register.
enum class Event { moved, renamed, gender_changed, birth_date_corrected };
std::string_view name(Event event);

struct CertificateFacts {
  Kind kind{};
  CertificateState state{};
  Date not_after;
};

struct Facts {
  Date born;
  ResidenceStatus status{};
  std::optional<Date> period_of_stay_ends;
  bool adult_ward = false;
  std::optional<Date> died;
  std::optional<Date> left_register;
  CardKind card_kind{};
  CardState card_state{};
  Date card_valid_until;
  std::vector<CertificateFacts> certificates;  // on this card, of either kind
  Date authority_valid_until;                  // the last whole day of the authority that would issue
  // For a signature certificate issued beside an authentication certificate: the last day of that one.
  std::optional<Date> authentication_valid_until;
};

}  // namespace shomei::rules
