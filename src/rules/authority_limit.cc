// A certificate does not outlive the authority that issued it (RFC 5280 section 6.1.3 (a)(2) would end it
// then).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue&, const Facts& facts, Date on) {
  Finding finding{.outcome = Outcome::limit, .code = "ends_with_authority"};
  finding.last_day = facts.authority_valid_until;
  finding.parameters = {{"last_day", format_date(facts.authority_valid_until)}};
  if (on <= facts.authority_valid_until) return finding;
  finding.outcome = Outcome::refuse;
  finding.code = "authority_over";
  finding.would_pass_code = "would_pass_new_generation";
  return finding;
}

}  // namespace

constinit const Rule kAuthorityLimit{"authority_limit", "RFC 5280 6.1.3", std::chrono::year{2016} / 1 / 1,
                                     issue};

}  // namespace shomei::rules
