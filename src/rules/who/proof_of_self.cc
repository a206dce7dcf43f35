// Who applies in person proves it: with the PIN of the own valid card for issue, renewal, revocation and a
// change of PIN, else with one document of list A or two of list B. Nobody sees documents online: there the
// holder has the PIN alone, and nobody acts for another. At a kiosk pins/ says what is needed.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

// For a revocation the PIN counts on any card: ending what is one's own needs no valid card.
bool pin_counts(const Case& c) {
  const Facts& f = c.facts;
  if (c.act.verb == Verb::reset_pin || c.act.verb == Verb::unlock_pin || c.act.verb == Verb::restore)
    return false;
  if (!f.proofs.has(Proof::pin) || f.card_kind == CardKind::face_authentication) return false;
  const bool valid = f.card_state == CardState::active && f.card_valid_until && c.on <= *f.card_valid_until;
  return valid || c.act.verb == Verb::revoke;
}

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  const bool by_holder = applicant_of(f) == Applicant::self;
  if (c.act.verb == Verb::revoke && at_office(f, OfficeKind::online))
    return by_holder && pin_counts(c)
               ? passes("proved_by_pin")
               : refuses("online_needs_pin", by_holder ? "would_pass_with_pin" : "would_pass_at_counter");
  if (ex_officio(c) || !by_holder || at_office(f, OfficeKind::kiosk)) return std::nullopt;
  if (pin_counts(c)) return passes("proved_by_pin");
  if (shows_documents(f)) return passes("proved_by_documents");
  if (f.proofs.has(Proof::pin) && !f.card_valid_until) return lacks(Fact::card_valid_until);
  return refuses("identity_not_proved", "would_pass_with_documents");
}

}  // namespace

constinit const Rule kProofOfSelf{.id = "proof_of_self",
                                  .citation = "jpki-facts 3.3, 3.5; city practice (lists A and B)",
                                  .since = kFirstCards,
                                  .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::restore,
                                           Verb::change_pin, Verb::reset_pin, Verb::unlock_pin},
                                  .reads = {Fact::card_kind, Fact::card_state, Fact::card_valid_until,
                                            Fact::office_kind, Fact::applicant, Fact::proofs, Fact::ground},
                                  .apply = apply};

}  // namespace shomei::rules
