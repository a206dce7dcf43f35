// A new card after loss or damage at the holder's fault costs 800 yen, and 200 yen once if any certificate is
// loaded.
#include "rules/fees/prices.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (terms(c) != Terms::at_ones_own_cost) return std::nullopt;
  return charges(c, "card_reissue_charged", kCardYen);
}

}  // namespace

constinit const Rule kCardReissueFee{
    .id = "card_reissue_fee",
    .citation = "seed: fee (card reissue fee 800 yen, electronic certificate issuance fee 200 yen)",
    .since = kFirstCards,
    .acts = {Verb::replace_card},
    .reads = {Fact::certificates, Fact::ground, Fact::moving_abroad, Fact::card_state},
    .apply = apply};

}  // namespace shomei::rules
