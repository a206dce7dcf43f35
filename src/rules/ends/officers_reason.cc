// An officer may state the reason of a revocation; a hold is no revocation.
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& reason = c.facts.stated_reason;
  if (!reason) return std::nullopt;
  if (*reason == Reason::certificateHold) return refuses("reason_is_a_hold", "would_pass_as_suspension");
  const Ends ends = ends_of_act(c, *reason);
  if (!any(ends)) return std::nullopt;
  return informs("officer_states_reason", {{"reason", name(*reason)}}, ends);
}

}  // namespace

constinit const Rule kOfficersReason{.id = "officers_reason",
                                     .citation = "RFC 5280 5.3.1; jpki-facts 2.6",
                                     .since = kFirstCards,
                                     .acts = {Verb::revoke},
                                     .reads = {Fact::certificates, Fact::reason, Fact::at},
                                     .apply = apply};

}  // namespace shomei::rules
