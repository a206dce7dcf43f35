// An agent whom the person sends brings the sealed answer sheet of the expiry notice, or the letter of
// inquiry that the office sent to the person after a first visit, and proves who he or she is.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (ex_officio(c) || applicant_of(f) != Applicant::voluntary_agent) return std::nullopt;
  const bool letter = f.proofs.has(Proof::inquiry_letter);
  if (!letter && !f.proofs.has(Proof::answer_sheet))
    return refuses("agent_without_letter", "would_pass_with_inquiry_letter");
  if (!shows_documents(f)) return refuses("agent_identity_not_proved", "would_pass_with_documents");
  return passes(letter ? "agent_second_visit" : "agent_with_answer_sheet");
}

}  // namespace

constinit const Rule kProofOfAgent{
    .id = "proof_of_agent",
    .citation = "jpki-facts 3.3, 3.5 (proxy with inquiry letter); city practice",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::restore, Verb::change_pin, Verb::reset_pin,
             Verb::unlock_pin},
    .reads = {Fact::applicant, Fact::proofs, Fact::ground},
    .apply = apply};

}  // namespace shomei::rules
