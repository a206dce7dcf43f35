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

// No word of the rules has the end of a line in it, and what anybody may have written comes last.
std::string words_of(const Application& application) {
  const auto& [applicant, proofs, ground, exception] = application;
  std::string words(applicant ? name(*applicant) : "");
  words += '\n';
  words += ground ? name(*ground) : "";
  words += proofs ? "\nshown" : "\n";
  for (int i = 0; proofs && i < rules::kProofs; ++i)
    for (int n = 0; n < proofs->count(static_cast<Proof>(i)); ++n)
      words += " " + std::string(name(static_cast<Proof>(i)));
  words += '\n';
  if (exception) words += (exception->second_officer ? "agreed " : "alone ") + exception->ground;
  return words;
}

}  // namespace shomei::counter
