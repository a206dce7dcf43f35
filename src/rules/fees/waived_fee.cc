// Nothing is charged after fire or disaster, for a defect of the card, or for a fault of the register office.
#include "rules/fees/prices.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (terms(c) != Terms::waived) return std::nullopt;
  return informs("fee_waived", {{"ground", name(*c.facts.ground)}}, Fee{0});
}

}  // namespace

constinit const Rule kWaivedFee{.id = "waived_fee",
                                .citation = "city practice (waived fees); jpki-facts 3.7",
                                .since = kFirstCards,
                                .acts = {Verb::replace_card},
                                .reads = {Fact::ground, Fact::moving_abroad},
                                .apply = apply};

}  // namespace shomei::rules
