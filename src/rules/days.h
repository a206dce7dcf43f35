// The reckoning of birthdays and windows that several rules share. Days in Japan.
#pragma once

#include "base/calendar.h"

namespace shomei::rules {

// The birthday in a year, for the end of a validity: 29 February counts as the 28th in a common year
// (docs/decisions/0005-birthdays.md).
inline Date birthday_in(Date born, std::chrono::year year) {
  return add_years(born, static_cast<int>(year) - static_cast<int>(born.year()));
}

// The n-th birthday strictly after `day`: a birthday on the day itself does not count.
inline Date birthday_after(Date born, Date day, int n) {
  const bool passed = birthday_in(born, day.year()) <= day;
  return birthday_in(born, day.year() + std::chrono::years{passed ? n : n - 1});
}

// The day from whose beginning a person is `age`: the birthday; who was born on 29 February comes of an age
// on 1 March of a common year (law on the calculation of ages: the year is full at the end of 28 February).
inline Date comes_of_age(Date born, int age) {
  const Date exact = (born.year() + std::chrono::years{age}) / born.month() / born.day();
  return exact.ok() ? exact : Date{exact.year() / 3 / 1};
}

// The first day on which a certificate can be renewed (seed: renewal is possible from three months before).
inline constexpr int kRenewalMonths = 3;
inline Date renewal_opens(Date last_day) {
  return add_months(last_day, -kRenewalMonths);
}

}  // namespace shomei::rules
