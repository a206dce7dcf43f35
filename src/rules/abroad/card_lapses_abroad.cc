// Before continued use abroad there was none: the card lapsed on the day of moving abroad.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!left_japan(c.facts, c.on)) return std::nullopt;
  return refuses("card_lapsed_abroad", "would_pass_with_continued_use",
                 {{"planned", c.facts.moving_abroad->planned}, {"since", kUseAbroad}});
}

}  // namespace

constinit const Rule kCardLapsesAbroad{.id = "card_lapses_abroad",
                                       .citation = "jpki-facts 3.6, 3.8",
                                       .since = kFirstCards,
                                       .until = kUseAbroad,
                                       .acts = {Verb::issue, Verb::renew, Verb::change_pin, Verb::reset_pin,
                                                Verb::unlock_pin, Verb::replace_card},
                                       .reads = {Fact::moving_abroad},
                                       .apply = apply};

}  // namespace shomei::rules
