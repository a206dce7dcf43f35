// One certificate of a kind on a card. A re-issue for cause (a doubt about PIN or key, a longer period of
// stay) ends the old one in the same act, and so does the issue before a departure, which would end it
// anyway.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

bool replaces_before_departure(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  return c.act.kind == Kind::signature && c.on >= kUseAbroad && abroad && abroad->continued_use &&
         abroad->planned > c.on && c.facts.status == ResidenceStatus::japanese;
}

std::string_view would_pass(const CertificateFacts& held, Date opens, Date on) {
  if (held.state == CertificateState::suspended) return "would_pass_as_reissue";
  return opens <= on ? "would_pass_as_renewal" : "would_pass_for_cause";
}

std::optional<Finding> apply(const Case& c) {
  const auto* held = in_force(c.facts, *c.act.kind, c.on);
  if (!held) return passes("no_certificate_held");
  const Date opens = renewal_opens(held->not_after);
  if (c.facts.ground == Ground::reissue || replaces_before_departure(c)) {
    Finding finding =
        passes("held_certificate_superseded", {{"kind", name(held->kind)}, {"not_after", held->not_after}});
    finding.effect = ends_of_act(c, Reason::superseded);
    return finding;
  }
  return refuses("certificate_held_already", would_pass(*held, opens, c.on),
                 {{"kind", name(held->kind)}, {"not_after", held->not_after}, {"renewable_from", opens}});
}

}  // namespace

constinit const Rule kOneCertificateOfAKind{
    .id = "one_certificate_of_a_kind",
    .citation = "jpki-facts 1.2 (one file a certificate), 3.6 (re-issue before departure)",
    .since = kFirstCards,
    .acts = {Verb::issue},
    .reads = {Fact::certificates, Fact::ground, Fact::moving_abroad, Fact::status, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
