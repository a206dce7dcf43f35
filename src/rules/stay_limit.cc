// A foreign resident's certificate ends with the period of stay, except for permanent and special permanent
// residents and for statuses without an end (seed: expiration date).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue&, const Facts& facts, Date on) {
  if (facts.status != ResidenceStatus::other_foreign_resident) return std::nullopt;
  Finding finding{.outcome = Outcome::refuse, .code = "period_of_stay_unknown"};
  finding.would_pass_code = "would_pass_period_of_stay";
  if (!facts.period_of_stay_ends) return finding;
  finding.parameters = {{"last_day", format_date(*facts.period_of_stay_ends)}};
  finding.code = "period_of_stay_over";
  if (*facts.period_of_stay_ends < on) return finding;
  finding.outcome = Outcome::limit;
  finding.code = "ends_with_period_of_stay";
  finding.last_day = facts.period_of_stay_ends;
  finding.would_pass_code = {};
  return finding;
}

}  // namespace

constinit const Rule kStayLimit{"stay_limit", "seed: expiration date (foreigners, period of stay)",
                                std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
