// A certificate holds until the fifth birthday after the day of issue.
#include "rules/days.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kBirthdays = 5;

std::optional<Finding> apply(const Case& c) {
  if (!c.facts.born) return lacks(Fact::born);
  return limits("ends_on_fifth_birthday", birthday_after(*c.facts.born, c.on, kBirthdays));
}

}  // namespace

constinit const Rule kBirthdayLimit{.id = "birthday_limit",
                                    .citation = "seed: expiration date (5th birthday since issuance)",
                                    .since = kFirstCards,
                                    .acts = {Verb::issue},
                                    .reads = {Fact::born},
                                    .apply = apply};

}  // namespace shomei::rules
