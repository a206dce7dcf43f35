// The authority's key is no longer the authority's alone.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool applies = g == Ground::authority_compromise;
  const Ends ends = ends_of_act(c, Reason::cACompromise);
  if (!applies || c.facts.stated_reason || !any(ends)) return std::nullopt;
  return informs("authority_compromise_ends", {}, ends);
}

}  // namespace

constinit const Rule kAuthorityCompromise{.id = "authority_compromise",
                                          .citation = "jpki-facts 2.6, 3.4 (CA key compromise)",
                                          .since = kFirstCards,
                                          .acts = {Verb::revoke},
                                          .reads = {Fact::certificates, Fact::ground, Fact::reason, Fact::at},
                                          .apply = apply};

}  // namespace shomei::rules
