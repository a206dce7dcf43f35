// A signature certificate does not outlive the user authentication certificate beside it (jpki-facts 3.2).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue& act, const Facts& facts, Date) {
  if (act.kind != Kind::signature || !facts.authentication_valid_until) return std::nullopt;
  Finding finding{.outcome = Outcome::limit, .code = "ends_with_authentication"};
  finding.last_day = facts.authentication_valid_until;
  finding.parameters = {{"last_day", format_date(*finding.last_day)}};
  return finding;
}

}  // namespace

constinit const Rule kAuthenticationLimit{"authentication_limit",
                                          "jpki-facts 3.2 (city practice: Adachi, Shime)",
                                          std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
