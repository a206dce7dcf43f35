// Acts of tomorrow: rules that hold from a later day on, for the tests that compare with the rules of today.
#pragma once

#include <vector>

#include "rules/rule_set.h"

namespace shomei::rules {

inline constexpr Date kChange = std::chrono::year{2028} / 4 / 1;

// From then on, three years at most.
inline std::optional<Finding> three_years(const Case& c) {
  return limits("ends_after_three_years", add_years(c.on, 3));
}
inline constexpr Rule kThreeYears{.id = "three_years",
                                  .citation = "an act of tomorrow",
                                  .since = kChange,
                                  .acts = {Verb::issue},
                                  .reads = {},
                                  .apply = three_years};

// From then on, nothing is issued without a reservation.
inline std::optional<Finding> with_reservation(const Case& c) {
  if (c.facts.reservation_made_at) return std::nullopt;
  return lacks(Fact::reservation);
}
inline constexpr Rule kWithReservation{.id = "with_reservation",
                                       .citation = "an act of tomorrow",
                                       .since = kChange,
                                       .acts = {Verb::issue, Verb::renew},
                                       .reads = {Fact::reservation},
                                       .apply = with_reservation};

// The rules of today with one more, first or last in the order.
inline std::vector<const Rule*> rules_with(const Rule& added, bool first) {
  const RuleSet today = current_rule_set();
  std::vector<const Rule*> rules(today.rules.begin(), today.rules.end());
  rules.insert(first ? rules.begin() : rules.end(), &added);
  return rules;
}

}  // namespace shomei::rules
