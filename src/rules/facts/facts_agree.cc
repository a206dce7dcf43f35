// Facts that cannot all be true are no ground for any decision: each refusal names the two that disagree.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> contradiction(std::string_view member, std::string_view other) {
  return refuses("facts_contradict", "would_pass_when_facts_agree", {{"member", member}, {"other", other}});
}

// Two certificates of one kind cannot both be in force on one card.
bool twice_in_force(const Case& c, Kind kind) {
  int in_force_now = 0;
  for (const auto& certificate : c.facts.certificates) {
    const auto now = standing(certificate, c.on);
    if (certificate.kind == kind && (now == Standing::valid || now == Standing::suspended)) ++in_force_now;
  }
  return in_force_now > 1;
}

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (f.at && jst_date(*f.at) != c.on) return contradiction(name(Fact::at), "on");
  if (f.born && *f.born > c.on) return contradiction(name(Fact::born), "on");
  if (f.died && *f.died > c.on) return contradiction(name(Fact::died), "on");
  if (f.born && f.died && *f.died < *f.born) return contradiction(name(Fact::died), name(Fact::born));
  if (f.born && f.left_register && *f.left_register < *f.born)
    return contradiction(name(Fact::left_register), name(Fact::born));
  if (f.period_of_stay_ends && f.status && *f.status != ResidenceStatus::other_foreign_resident)
    return contradiction(name(Fact::period_of_stay_ends), name(Fact::status));
  for (const Kind kind : {Kind::signature, Kind::user_authentication})
    if (twice_in_force(c, kind))
      return refuses("two_certificates_in_force", "would_pass_with_one_certificate", {{"kind", name(kind)}});
  return std::nullopt;
}

}  // namespace

constinit const Rule kFactsAgree{
    .id = "facts_agree",
    .citation = "law on the calculation of ages; seed: expiration date (periods of stay are foreigners')",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::replace_card, Verb::notice, Verb::event},
    .reads = {Fact::born, Fact::status, Fact::period_of_stay_ends, Fact::died, Fact::left_register,
              Fact::certificates, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
