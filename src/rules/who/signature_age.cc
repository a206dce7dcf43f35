// No signature certificate for persons under 15, in principle; 15 from 00:00 in Japan of the fifteenth
// birthday.
#include "rules/days.h"
#include "rules/rule_set.h"
#include "rules/who/exception.h"

namespace shomei::rules {
namespace {

constexpr int kAge = 15;

std::optional<Finding> apply(const Case& c) {
  if (c.act.kind != Kind::signature) return std::nullopt;
  if (!c.facts.born) return lacks(Fact::born);
  const Date birthday = comes_of_age(*c.facts.born, kAge);
  if (c.on >= birthday) return passes("signature_age_reached", {{"fifteenth_birthday", birthday}});
  if (excepted(c.facts)) return passes("signature_age_excepted", {{"fifteenth_birthday", birthday}});
  return refuses("signature_age_not_reached", "would_pass_from_fifteenth_birthday",
                 {{"fifteenth_birthday", birthday}});
}

}  // namespace

constinit const Rule kSignatureAge{.id = "signature_age",
                                   .citation = "seed: age restriction (persons under 15 years old)",
                                   .since = kFirstCards,
                                   .acts = {Verb::issue, Verb::renew},
                                   .reads = {Fact::born, Fact::exception},
                                   .apply = apply};

}  // namespace shomei::rules
