// A legal representative shows one document of list A for each of the two persons, and for a ward the
// guardianship certificate.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const Facts& f = c.facts;
  if (ex_officio(c) || applicant_of(f) != Applicant::legal_representative) return std::nullopt;
  if (f.proofs.count(Proof::document_a) < 2)
    return refuses("representative_documents_missing", "would_pass_with_two_documents",
                   {{"shown", f.proofs.count(Proof::document_a)}});
  if (f.adult_ward && !f.proofs.has(Proof::guardianship_certificate))
    return refuses("guardianship_not_proved", "would_pass_with_guardianship_certificate");
  return passes("representative_proved");
}

}  // namespace

constinit const Rule kProofOfRepresentative{
    .id = "proof_of_representative",
    .citation = "city practice (legal representatives)",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::restore, Verb::change_pin, Verb::reset_pin,
             Verb::unlock_pin},
    .reads = {Fact::adult_ward, Fact::applicant, Fact::proofs, Fact::ground},
    .apply = apply};

}  // namespace shomei::rules
