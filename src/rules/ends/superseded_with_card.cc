// What was on a damaged or replaced card is superseded by what is on the next.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool applies = g == Ground::damaged || g == Ground::disaster || g == Ground::defect ||
                       g == Ground::reissue || g == Ground::express;
  const Ends ends = ends_of_act(c, Reason::superseded);
  if (!applies || c.facts.stated_reason || !any(ends)) return std::nullopt;
  return informs("superseded_with_card_ends", {}, ends);
}

}  // namespace

constinit const Rule kSupersededWithCard{.id = "superseded_with_card",
                                         .citation = "jpki-facts 2.6 (superseded)",
                                         .since = kFirstCards,
                                         .acts = {Verb::revoke},
                                         .reads = {Fact::certificates, Fact::ground, Fact::reason, Fact::at},
                                         .apply = apply};

}  // namespace shomei::rules
