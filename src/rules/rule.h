// Rule: one provision of law or practice, as a value: what it is called, where it stands, when it holds, what
// it reads, and the pure function that applies it. Each has a file of its own, <chapter>/<id>.cc, that
// defines one constant; rule_set.cc lists them.
#pragma once

#include <optional>
#include <string_view>

#include "base/calendar.h"
#include "rules/act.h"
#include "rules/facts.h"
#include "rules/finding.h"
#include "rules/settings.h"

namespace shomei::rules {

// What a rule is applied to.
struct Case {
  const Act& act;
  const Facts& facts;
  const Settings& settings;
  Date on;     // the day in Japan
  Instant at;  // facts.at, or the day's first second
  // The least of the last days that the rules before this one set; for the rules that reckon from the end.
  std::optional<Date> last_day;
};

struct Rule {
  std::string_view id;
  std::string_view citation;
  Date since;                 // the first day on which it holds
  std::optional<Date> until;  // the first day on which it no longer holds; none: it still does
  Verbs acts;
  FactSet reads;
  // What it says, or nothing when it has no say in this case.
  std::optional<Finding> (*apply)(const Case&);

  bool holds_on(Date day) const { return since <= day && (!until || day < *until); }
};

// The day on which the first My Number cards with these certificates were issued.
inline constexpr Date kFirstCards = std::chrono::year{2016} / 1 / 1;
// The days of jpki-facts 3.8 on which one rule took the place of another.
inline constexpr Date kAgeOfMajority18 = std::chrono::year{2022} / 4 / 1;
inline constexpr Date kFaceAuthenticationCards = std::chrono::year{2023} / 12 / 15;
inline constexpr Date kUseAbroad = std::chrono::year{2024} / 5 / 27;

}  // namespace shomei::rules
