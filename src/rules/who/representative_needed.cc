// Under 15, and for an adult ward, the legal representative applies.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (ex_officio(c)) return std::nullopt;
  if (applicant_of(c.facts) == Applicant::legal_representative) return passes("representative_applies");
  if (c.facts.adult_ward) return refuses("ward_needs_representative", "would_pass_with_representative");
  if (!c.facts.born) return lacks(Fact::born);
  const Date birthday = comes_of_age(*c.facts.born, kOwnActs);
  if (c.on < birthday)
    return refuses("child_needs_representative", "would_pass_with_representative",
                   {{"fifteenth_birthday", birthday}});
  return passes("applies_in_own_right");
}

}  // namespace

constinit const Rule kRepresentativeNeeded{
    .id = "representative_needed",
    .citation = "seed: age restriction; jpki-facts 3.1 (who may apply)",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::restore, Verb::change_pin, Verb::reset_pin,
             Verb::unlock_pin, Verb::replace_card},
    .reads = {Fact::born, Fact::adult_ward, Fact::applicant, Fact::ground},
    .apply = apply};

}  // namespace shomei::rules
