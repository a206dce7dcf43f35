// A card holds one valid certificate of a kind.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue& act, const Facts& facts, Date on) {
  for (const auto& certificate : facts.certificates) {
    const bool holds = certificate.state != CertificateState::revoked && on <= certificate.not_after;
    if (certificate.kind != act.kind || !holds) continue;
    Finding finding{.outcome = Outcome::refuse, .code = "certificate_held_already"};
    finding.parameters = {{"kind", std::string(name(act.kind))},
                          {"not_after", format_date(certificate.not_after)}};
    finding.would_pass_code = "would_pass_when_revoked";
    return finding;
  }
  return Finding{.outcome = Outcome::pass, .code = "no_certificate_held"};
}

}  // namespace

constinit const Rule kOneCertificateOfAKind{"one_certificate_of_a_kind",
                                            "jpki-facts 1.2 (one file a certificate)",
                                            std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
