// A certificate does not outlive its card (jpki-facts 3.2: card expiry date).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue&, const Facts& facts, Date) {
  Finding finding{.outcome = Outcome::limit, .code = "ends_with_card"};
  finding.last_day = facts.card_valid_until;
  finding.parameters = {{"last_day", format_date(*finding.last_day)}};
  return finding;
}

}  // namespace

constinit const Rule kCardLimit{"card_limit", "jpki-facts 3.2 (city practice: Adachi, Taito, Tsushima)",
                                std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
