// A valid My Number card is needed: not expired, lost, returned or suspended.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (!f.card_valid_until) return lacks(Fact::card_valid_until);
  if (f.card_state != CardState::active)
    return refuses("card_not_active", "would_pass_valid_card", {{"state", name(f.card_state)}});
  if (*f.card_valid_until < c.on)
    return refuses("card_out_of_date", "would_pass_valid_card", {{"valid_until", *f.card_valid_until}});
  return passes("card_in_force", {{"valid_until", *f.card_valid_until}});
}

}  // namespace

constinit const Rule kCardInForce{
    .id = "card_in_force",
    .citation = "seed: how to issue (with your valid My Number Card)",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
    .reads = {Fact::card_state, Fact::card_valid_until},
    .apply = apply};

}  // namespace shomei::rules
