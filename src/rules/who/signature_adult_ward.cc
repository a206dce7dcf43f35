// No signature certificate for adult wards, in principle.
#include "rules/rule_set.h"
#include "rules/who/exception.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (c.act.kind != Kind::signature) return std::nullopt;
  if (!c.facts.adult_ward) return passes("not_an_adult_ward");
  if (excepted(c.facts)) return passes("adult_ward_excepted");
  return refuses("adult_ward_signs_nothing", "would_pass_guardianship_ended");
}

}  // namespace

constinit const Rule kSignatureAdultWard{.id = "signature_adult_ward",
                                         .citation = "seed: age restriction (adult wards)",
                                         .since = kFirstCards,
                                         .acts = {Verb::issue, Verb::renew},
                                         .reads = {Fact::adult_ward, Fact::exception},
                                         .apply = apply};

}  // namespace shomei::rules
