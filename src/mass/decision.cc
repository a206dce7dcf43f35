#include "mass/decision.h"

#include "counter/facts.h"

namespace shomei::mass {

rules::Act act_of_rules(Verb verb) {
  return {verb == Verb::suspend ? rules::Verb::suspend : rules::Verb::revoke, {}, {}};
}

rules::Facts facts_of(const Order& order, const counter::Office& office, Instant at) {
  rules::Facts facts;
  facts.office = counter::facts_of(office);
  facts.at = at;
  facts.ground = order.ground;
  facts.stated_reason = order.reason;
  for (const auto& [kind, last_day] : order.found.last_days)
    if (const auto known = rules::parse_kind(kind))
      facts.certificates.push_back({*known, rules::CertificateState::valid, last_day});
  return facts;
}

Result<counter::Decided> decide(const counter::Parts& parts, const Order& order) {
  const auto at = std::chrono::floor<std::chrono::seconds>(order.fixed_at);
  SHOMEI_TRY(const auto office, parts.directory.office(order.officer.office));
  return counter::decide_ahead(parts, act_of_rules(order.verb), facts_of(order, office, at));
}

}  // namespace shomei::mass
