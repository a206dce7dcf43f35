// What a new PIN has to be (seed: password; jpki-facts 1.4): the form that a counter demands, which is
// stricter than the card's own, and that it is none of those that are tried first. Pure; what is typed is
// copied into no error.
#pragma once

#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "base/result.h"
#include "base/secret.h"
#include "rules/act.h"
#include "rules/settings.h"

namespace shomei::rules {

inline constexpr std::size_t kAuthenticationPinDigits = 4;
inline constexpr std::size_t kSignaturePasswordMin = 6;
inline constexpr std::size_t kSignaturePasswordMax = 16;
// Wrong tries until the PIN is blocked.
inline constexpr int kSignatureTries = 5;
inline constexpr int kAuthenticationTries = 3;

// As the card holds it: lower case becomes upper case, all else stays.
SecretBytes fold_password(std::string_view password);

// A signature password may be folded or not. malformed: "new_pin_form", "new_password_form",
// "new_password_mixed" (always); refused: "weak_pin_one_digit", "weak_pin_run", "weak_pin_birth_date",
// "weak_password_runs", "weak_password_birth_date" (when settings.weak_pins_refused). Without `born` nothing
// is said about the date of birth.
Result<void> check_pin(Kind kind, std::string_view pin, std::optional<Date> born, const Settings& settings);

}  // namespace shomei::rules
