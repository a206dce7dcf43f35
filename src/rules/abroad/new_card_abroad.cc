// From abroad Japanese nationals who left on or after 2015-10-05 may apply for a card.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr Date kFirstDeparture = std::chrono::year{2015} / 10 / 5;

std::optional<Finding> apply(const Case& c) {
  if (!left_japan(c.facts, c.on)) return std::nullopt;
  const Date planned = c.facts.moving_abroad->planned;
  if (!c.facts.status) return lacks(Fact::status);
  if (*c.facts.status != ResidenceStatus::japanese)
    return refuses("continued_use_for_nationals", "would_pass_when_back", {{"planned", planned}});
  if (planned < kFirstDeparture)
    return refuses("left_too_long_ago", "would_pass_when_back", {{"planned", planned}});
  return passes("card_applied_for_abroad", {{"planned", planned}});
}

}  // namespace

constinit const Rule kNewCardAbroad{.id = "new_card_abroad",
                                    .citation = "jpki-facts 3.6",
                                    .since = kUseAbroad,
                                    .acts = {Verb::replace_card},
                                    .reads = {Fact::moving_abroad, Fact::status},
                                    .apply = apply};

}  // namespace shomei::rules
