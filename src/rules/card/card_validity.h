// The card's own last day, which is not the certificates' (seed: note on the expiration date): the tenth
// birthday after the application, for minors the fifth; of foreign residents no longer than the stay.
#pragma once

#include <algorithm>

#include "rules/questions.h"

namespace shomei::rules {

inline Finding card_valid_until(const Case& c, int of_age) {
  constexpr int kBirthdays = 10;
  constexpr int kBirthdaysOfMinors = 5;
  if (!c.facts.born) return lacks(Fact::born);
  if (!c.facts.status) return lacks(Fact::status);
  const bool minor = c.on < comes_of_age(*c.facts.born, of_age);
  Date last_day = birthday_after(*c.facts.born, c.on, minor ? kBirthdaysOfMinors : kBirthdays);
  if (c.facts.status == ResidenceStatus::other_foreign_resident) {
    if (!c.facts.period_of_stay_ends) return lacks(Fact::period_of_stay_ends);
    last_day = std::min(last_day, *c.facts.period_of_stay_ends);
  }
  return informs(minor ? "card_of_minor_until" : "card_until", {{"last_day", last_day}, {"of_age", of_age}});
}

}  // namespace shomei::rules
