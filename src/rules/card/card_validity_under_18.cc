// The new card's own last day, by age at the application: minors are those under 18.
#include "rules/card/card_validity.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  return card_valid_until(c, 18);
}

}  // namespace

constinit const Rule kCardValidityUnder18{
    .id = "card_validity_under_18",
    .citation = "jpki-facts 3.2 (card 10 years, 5 for minors); Civil Code art. 4",
    .since = kAgeOfMajority18,
    .acts = {Verb::replace_card},
    .reads = {Fact::born, Fact::status, Fact::period_of_stay_ends},
    .apply = apply};

}  // namespace shomei::rules
