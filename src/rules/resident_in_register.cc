// A certificate is for a person who lives and is in the register.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> issue(const Issue&, const Facts& facts, Date on) {
  const bool died = facts.died && *facts.died <= on;
  const bool left = facts.left_register && *facts.left_register <= on;
  if (!died && !left) return Finding{.outcome = Outcome::pass, .code = "resident_in_register"};
  Finding finding{.outcome = Outcome::refuse, .code = "resident_not_in_register"};
  finding.parameters = {{"on", format_date(died ? *facts.died : *facts.left_register)}};
  finding.would_pass_code = "would_pass_never";
  return finding;
}

}  // namespace

constinit const Rule kResidentInRegister{"resident_in_register",
                                         "jpki-facts 3.4 (death, loss of resident status)",
                                         std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
