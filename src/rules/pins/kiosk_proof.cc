// At a kiosk the holder alone, who knows the other PIN and whose face was compared: never with both PINs
// unknown.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk) || !c.act.kind) return std::nullopt;
  if (applicant_of(c.facts) != Applicant::self)
    return refuses("kiosk_for_the_holder", "would_pass_at_counter");
  if (!c.facts.proofs.has(Proof::other_pin)) return refuses("other_pin_unknown", "would_pass_at_counter");
  if (!c.facts.proofs.has(Proof::face)) return refuses("face_not_compared", "would_pass_with_face_check");
  return passes("kiosk_proof_given");
}

}  // namespace

constinit const Rule kKioskProof{.id = "kiosk_proof",
                                 .citation = "jpki-facts 3.5 (other PIN, face check)",
                                 .since = kFirstCards,
                                 .acts = {Verb::reset_pin, Verb::unlock_pin},
                                 .reads = {Fact::office_kind, Fact::applicant, Fact::proofs},
                                 .apply = apply};

}  // namespace shomei::rules
