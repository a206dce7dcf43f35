// From when the new certificate can be renewed.
#include "rules/days.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  if (!c.last_day) return std::nullopt;
  const Date opens = renewal_opens(*c.last_day);
  return informs("next_renewal_from", {{"from", opens}}, RenewableFrom{opens});
}

}  // namespace

constinit const Rule kNextRenewal{
    .id = "next_renewal",
    .citation = "seed: renewal is possible from three months before the expiration date",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew},
    .reads = {},
    .apply = apply};

}  // namespace shomei::rules
