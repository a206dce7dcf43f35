// A certificate does not outlive the authority that issued it, and a generation stops issuing in time.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& stops = c.facts.authority_issues_until;
  if (stops && *stops < c.on)
    return refuses("authority_stopped_issuing", "would_pass_new_generation", {{"last_day", *stops}});
  const auto& ends = c.facts.authority_valid_until;
  if (!ends) return std::nullopt;
  if (*ends < c.on) return refuses("authority_over", "would_pass_new_generation", {{"last_day", *ends}});
  return limits("ends_with_authority", *ends);
}

}  // namespace

constinit const Rule kAuthorityLimit{.id = "authority_limit",
                                     .citation = "RFC 5280 6.1.3",
                                     .since = kFirstCards,
                                     .acts = {Verb::issue, Verb::renew},
                                     .reads = {Fact::authority},
                                     .apply = apply};

}  // namespace shomei::rules
