// Timeline: the days on which law or service changed or will change (jpki-facts 3.8), and which rules begin
// or end on each. Not every change is one of these rules; but every rule that begins or ends later than the
// first cards does so on a day of the timeline (a test compares them). What happened is said in
// explain/milestone_texts.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace shomei::rules {

// How exactly the day is known.
enum class Precision : std::uint8_t { day, month, fiscal_year };

struct Milestone {
  std::string_view id;
  Date on;  // the first day that it can be
  Precision precision = Precision::day;
  bool confirmed = true;  // false: UNCONFIRMED in the source
  std::string_view source;
};

// In the order of time.
std::span<const Milestone> timeline();

// "2024-05-27", "2025-03" or "FY2028".
std::string format_when(const Milestone& milestone);

// The rules whose first day is that day, and those that no longer hold from that day on.
std::vector<const Rule*> rules_that_begin(const RuleSet& set, Date on);
std::vector<const Rule*> rules_that_end(const RuleSet& set, Date on);

}  // namespace shomei::rules
