// Before the first My Number cards there is nothing to decide.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case&) {
  return refuses("no_cards_yet", "would_pass_from_first_cards", {{"first_cards", kFirstCards}});
}

}  // namespace

constinit const Rule kNoCardsYet{
    .id = "no_cards_yet",
    .citation = "jpki-facts 3 (cards since January 2016)",
    .since = std::chrono::year{1} / 1 / 1,
    .until = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::replace_card, Verb::notice, Verb::event},
    .reads = {},
    .apply = apply};

}  // namespace shomei::rules
