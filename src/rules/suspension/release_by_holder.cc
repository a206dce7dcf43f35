// A hold is released by the holder alone, or the representative who acts for a child or a ward.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (applicant_of(c.facts) != Applicant::voluntary_agent) return std::nullopt;
  return refuses("release_needs_holder", "would_pass_in_person");
}

}  // namespace

constinit const Rule kReleaseByHolder{.id = "release_by_holder",
                                      .citation = "jpki-facts 3.4 (release at the municipal counter only)",
                                      .since = kFirstCards,
                                      .acts = {Verb::restore},
                                      .reads = {Fact::applicant},
                                      .apply = apply};

}  // namespace shomei::rules
