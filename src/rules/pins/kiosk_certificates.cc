// At a kiosk both certificates have to be valid: the one whose PIN is reset, and the one whose PIN is known.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

bool valid(const Case& c, Kind kind) {
  const auto* held = in_force(c.facts, kind, c.on);
  return held && held->state == CertificateState::valid;
}

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk) || !c.act.kind) return std::nullopt;
  for (const Kind kind : {Kind::signature, Kind::user_authentication})
    if (!valid(c, kind))
      return refuses("kiosk_certificate_not_valid", "would_pass_at_counter", {{"kind", name(kind)}});
  return passes("kiosk_certificates_valid");
}

}  // namespace

constinit const Rule kKioskCertificates{
    .id = "kiosk_certificates",
    .citation = "jpki-facts 3.5 (not possible: certificates revoked or expired)",
    .since = kFirstCards,
    .acts = {Verb::reset_pin, Verb::unlock_pin},
    .reads = {Fact::office_kind, Fact::certificates},
    .apply = apply};

}  // namespace shomei::rules
