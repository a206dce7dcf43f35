// No signature certificate for persons under 15, in principle (seed: age restriction).
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr int kAge = 15;

// 15 from 00:00 JST of the fifteenth birthday; who was born on 29 February is 15 from 1 March in a common
// year (law on the calculation of ages: the year is full at the end of 28 February).
Date fifteenth_birthday(Date born) {
  const Date exact = (born.year() + std::chrono::years{kAge}) / born.month() / born.day();
  return exact.ok() ? exact : Date{exact.year() / 3 / 1};
}

std::optional<Finding> issue(const Issue& act, const Facts& facts, Date on) {
  if (act.kind != Kind::signature) return std::nullopt;
  const Date birthday = fifteenth_birthday(facts.born);
  Finding finding{.outcome = Outcome::pass, .code = "signature_age_reached"};
  finding.parameters = {{"fifteenth_birthday", format_date(birthday)}};
  if (on >= birthday) return finding;
  finding.outcome = Outcome::refuse;
  finding.code = "signature_age_not_reached";
  finding.would_pass_code = "would_pass_from_fifteenth_birthday";
  return finding;
}

}  // namespace

constinit const Rule kSignatureAge{"signature_age", "seed: age restriction (persons under 15 years old)",
                                   std::chrono::year{2016} / 1 / 1, issue};

}  // namespace shomei::rules
