// A certificate ends with its card.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!c.facts.card_valid_until) return lacks(Fact::card_valid_until);
  return limits("ends_with_card", *c.facts.card_valid_until);
}

}  // namespace

constinit const Rule kCardLimit{.id = "card_limit",
                                .citation = "jpki-facts 3.2 (city practice: Adachi, Taito, Tsushima)",
                                .since = kFirstCards,
                                .acts = {Verb::issue, Verb::renew},
                                .reads = {Fact::card_valid_until},
                                .apply = apply};

}  // namespace shomei::rules
