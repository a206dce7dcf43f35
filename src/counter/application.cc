#include "counter/application.h"

#include "rules/questions.h"

namespace shomei::counter {
namespace {

using rules::Applicant;
using rules::Proof;

Applicant applicant_needed(const rules::Facts& facts, Date on) {
  const bool child = facts.born && on < rules::comes_of_age(*facts.born, rules::kOwnActs);
  return child || facts.adult_ward ? Applicant::legal_representative : Applicant::self;
}

rules::Proofs proofs_needed(const rules::Facts& facts, Applicant applicant) {
  rules::Proofs proofs;
  proofs.add(Proof::document_a);
  if (applicant == Applicant::legal_representative) {
    proofs.add(Proof::document_a);
    if (facts.adult_ward) proofs.add(Proof::guardianship_certificate);
  }
  if (applicant == Applicant::voluntary_agent) proofs.add(Proof::inquiry_letter);
  return proofs;
}

}  // namespace

void add_application(rules::Facts& facts, const Application& application, Date on) {
  facts.ground = application.ground;
  facts.exception = application.exception;
  const bool ex_officio =
      facts.ground == rules::Ground::office_fault || facts.ground == rules::Ground::authority_compromise;
  if (ex_officio && !application.applicant && !application.proofs) return;  // nobody applied
  facts.applicant = application.applicant ? *application.applicant : applicant_needed(facts, on);
  facts.proofs = application.proofs ? *application.proofs : proofs_needed(facts, *facts.applicant);
}

}  // namespace shomei::counter
