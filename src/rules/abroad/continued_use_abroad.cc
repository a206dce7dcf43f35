// Japanese nationals who asked for it before they left go on using card and certificates abroad; without that
// both lapse.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!left_japan(c.facts, c.on)) return std::nullopt;
  const Date planned = c.facts.moving_abroad->planned;
  if (!c.facts.moving_abroad->continued_use)
    return refuses("card_lapsed_abroad", "would_pass_new_card_abroad", {{"planned", planned}});
  if (!c.facts.status) return lacks(Fact::status);
  if (*c.facts.status != ResidenceStatus::japanese)
    return refuses("continued_use_for_nationals", "would_pass_when_back", {{"planned", planned}});
  return passes("card_used_abroad", {{"planned", planned}});
}

}  // namespace

constinit const Rule kContinuedUseAbroad{
    .id = "continued_use_abroad",
    .citation = "jpki-facts 3.6 (use abroad since 2024-05-27)",
    .since = kUseAbroad,
    .acts = {Verb::issue, Verb::renew, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
    .reads = {Fact::moving_abroad, Fact::status},
    .apply = apply};

}  // namespace shomei::rules
