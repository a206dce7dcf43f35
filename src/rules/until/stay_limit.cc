// A foreign resident's certificate ends with the period of stay, except for permanent and special permanent
// residents and for statuses without an end. While an extension is pending the stay may count for two months
// longer (a setting).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kSpecialMonths = 2;

std::optional<Finding> apply(const Case& c) {
  if (!c.facts.status) return lacks(Fact::status);
  if (*c.facts.status != ResidenceStatus::other_foreign_resident) return std::nullopt;
  if (!c.facts.period_of_stay_ends) return lacks(Fact::period_of_stay_ends);
  Date ends = *c.facts.period_of_stay_ends;
  const auto& special_since = c.settings.stay_special_period_since;
  if (ends < c.on && special_since && c.on >= *special_since) ends = add_months(ends, kSpecialMonths);
  if (ends < c.on) return refuses("period_of_stay_over", "would_pass_extended_stay", {{"last_day", ends}});
  return limits("ends_with_period_of_stay", ends);
}

}  // namespace

constinit const Rule kStayLimit{.id = "stay_limit",
                                .citation = "seed: expiration date (foreigners, period of stay)",
                                .since = kFirstCards,
                                .acts = {Verb::issue, Verb::renew},
                                .reads = {Fact::status, Fact::period_of_stay_ends},
                                .apply = apply};

}  // namespace shomei::rules
