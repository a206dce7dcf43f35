// The holder, or the legal representative, no longer wants the certificate.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& g = c.facts.ground;
  const bool applies = !g || g == Ground::wish;
  const Ends ends = ends_of_act(c, Reason::cessationOfOperation);
  if (!applies || c.facts.stated_reason || !any(ends)) return std::nullopt;
  return informs("holders_wish_ends", {}, ends);
}

}  // namespace

constinit const Rule kHoldersWish{.id = "holders_wish",
                                  .citation = "jpki-facts 2.6, 3.4 (holder's request)",
                                  .since = kFirstCards,
                                  .acts = {Verb::revoke},
                                  .reads = {Fact::certificates, Fact::ground, Fact::reason, Fact::at},
                                  .apply = apply};

}  // namespace shomei::rules
