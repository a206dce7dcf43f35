// A kiosk resets no PIN of a card on which a certificate is revoked, suspended or has expired, and none has
// taken its place.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

// There is one of that kind, and none that is valid.
bool ended(const Case& c, Kind kind) {
  bool any = false;
  for (const auto& certificate : c.facts.certificates) {
    if (certificate.kind != kind) continue;
    if (standing(certificate, c.on) == Standing::valid) return false;
    any = true;
  }
  return any;
}

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk) || !c.act.kind) return std::nullopt;
  for (const Kind kind : {Kind::signature, Kind::user_authentication})
    if (ended(c, kind))
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
