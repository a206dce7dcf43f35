// A renewal loses nothing: it holds until the fifth birthday after the old certificate's last day
// (UNCONFIRMED; cities write the sixth birthday after the renewal, which is a setting).
#include "rules/days.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kBirthdays = 5;

std::optional<Finding> apply(const Case& c) {
  const auto* old = in_force(c.facts, *c.act.kind, c.on);
  if (!old) return std::nullopt;
  if (!c.facts.born) return lacks(Fact::born);
  if (c.settings.renewal_counts_from == RenewalCount::day_of_renewal)
    return limits("ends_on_sixth_birthday", birthday_after(*c.facts.born, c.on, kBirthdays + 1));
  return limits("ends_five_birthdays_after_old", birthday_after(*c.facts.born, old->not_after, kBirthdays));
}

}  // namespace

constinit const Rule kRenewalLimit{.id = "renewal_limit",
                                   .citation = "jpki-facts 3.2 (city practice: Togane)",
                                   .since = kFirstCards,
                                   .acts = {Verb::renew},
                                   .reads = {Fact::born, Fact::certificates},
                                   .apply = apply};

}  // namespace shomei::rules
