// The validity rule: a certificate holds until the fifth birthday after the day of issue
// (seed: "until the fifth birthday from the date of issue"; jpki-facts 3.2).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kBirthdays = 5;

// The birthday in a year; a 29 February birthday counts as 28 February in a common year (UNCONFIRMED,
// jpki-facts 3.2).
Date birthday_in(Date born, std::chrono::year year) {
  return add_years(born, static_cast<int>(year) - static_cast<int>(born.year()));
}

// The fifth birthday strictly after `on`: an issue on the birthday itself does not count that day.
Date fifth_birthday_after(Date born, Date on) {
  const bool passed_this_year = birthday_in(born, on.year()) <= on;
  return birthday_in(born, on.year() + std::chrono::years{passed_this_year ? kBirthdays : kBirthdays - 1});
}

std::optional<Finding> issue(const Issue&, const Facts& facts, Date on) {
  Finding finding{.outcome = Outcome::limit, .code = "ends_on_fifth_birthday"};
  finding.last_day = fifth_birthday_after(facts.born, on);
  finding.parameters = {{"last_day", format_date(*finding.last_day)}};
  return finding;
}

}  // namespace

constinit const Rule kBirthdayLimit{"birthday_limit", "seed: expiration date (5th birthday since issuance)",
                                    std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
