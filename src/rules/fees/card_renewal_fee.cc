// A card that has run out, or is about to, is renewed free. A card in force is replaced for a ground alone.
#include "rules/fees/prices.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

// A card is renewed from three months before its last day, as a certificate is.
std::optional<Finding> apply(const Case& c) {
  if (terms(c) != Terms::renewal) return std::nullopt;
  if (!c.facts.card_valid_until) return lacks(Fact::card_valid_until);
  const Date opens = renewal_opens(*c.facts.card_valid_until);
  if (c.facts.card_state == CardState::active && c.on < opens)
    return refuses("card_still_in_force", "would_pass_with_ground", {{"from", opens}});
  return informs("card_renewal_free", {}, Fee{0});
}

}  // namespace

constinit const Rule kCardRenewalFee{
    .id = "card_renewal_fee",
    .citation = "jpki-facts 3.7; city practice (renewal of the card)",
    .since = kFirstCards,
    .acts = {Verb::replace_card},
    .reads = {Fact::ground, Fact::moving_abroad, Fact::card_state, Fact::card_valid_until},
    .apply = apply};

}  // namespace shomei::rules
