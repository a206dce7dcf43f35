// What a change of the law changed: the answer to the same question, on the same day and with the same facts,
// had the rules been those of another time.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "rules/decide.h"

namespace shomei::explain {

// What people would call another answer.
struct Answer {
  rules::Verdict verdict{};
  std::optional<Date> not_after;
  std::optional<int> fee_yen;
  std::vector<rules::CertificateEnd> ends;  // their `rule` is null
  bool operator==(const Answer&) const = default;
};

struct Change {
  Date day;                             // on which rules begin or end
  bool before = false;                  // the answer by the rules before that day; else by those from it on
  std::vector<std::string_view> rules;  // that begin or end on the day and have a say; never empty
  Answer answer;
};

// Nearest first, the past before the future; empty when no change of the rules makes a difference. The first
// cards are no change of the rules.
std::vector<Change> changes(const rules::RuleSet& set, const rules::Act& act, const rules::Facts& facts,
                            Date on);

}  // namespace shomei::explain
