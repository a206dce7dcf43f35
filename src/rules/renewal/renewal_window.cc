// A renewal is possible from three months before the last day to the last day; after it there is a new issue.
// The old certificate ends as superseded.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

bool expired(const Case& c) {
  for (const auto& certificate : c.facts.certificates)
    if (certificate.kind == c.act.kind && standing(certificate, c.on) == Standing::expired) return true;
  return false;
}

std::optional<Finding> apply(const Case& c) {
  const auto* old = in_force(c.facts, *c.act.kind, c.on);
  if (!old && expired(c)) return refuses("certificate_expired", "would_pass_as_issue");
  if (!old) return informs("no_certificate_to_renew", {}, NothingThere{});
  if (old->state == CertificateState::suspended)
    return refuses("certificate_suspended", "would_pass_revoke_and_reissue");
  const Date opens = renewal_opens(old->not_after);
  Finding finding = passes("renewal_window_open", {{"from", opens}, {"last_day", old->not_after}});
  finding.effect = ends_of_act(c, Reason::superseded);
  if (opens <= c.on) return finding;
  finding.outcome = Outcome::refuse;
  finding.code = "renewal_too_early";
  finding.effect = RenewableFrom{opens};
  finding.would_pass_code = "would_pass_from_window";
  return finding;
}

}  // namespace

constinit const Rule kRenewalWindow{
    .id = "renewal_window",
    .citation = "seed: renewal is possible from three months before the expiration date; jpki-facts 3.3",
    .since = kFirstCards,
    .acts = {Verb::renew},
    .reads = {Fact::certificates, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
