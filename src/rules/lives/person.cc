#include "rules/lives/parts.h"

namespace shomei::rules {
namespace {

using std::chrono::year;

constexpr Date kFirstBirth = year{1900} / 1 / 1;
constexpr Date kLastBirth = year{2026} / 12 / 31;
constexpr int kDaysOfAYear = 365;

// Births come of every age, and again and again at a boundary: today's birthday, an age that counts, the end
// of February.
Date birth(Chance& chance, Date on) {
  const Date latest = std::min(on, kLastBirth);
  const Date day = chance.day_between(std::max(kFirstBirth, add_years(on, -100)), latest);
  const Date some_leap_day{year{std::min(static_cast<int>(day.year()), 2023) / 4 * 4} / 2 / 29};
  Date born = day;
  switch (chance.below(10)) {
    case 0:
      if (some_leap_day.ok()) born = some_leap_day;  // 1900 was a common year
      break;
    case 1:
      born = Date{day.year() / day.month() / std::chrono::last};
      break;
    case 2:
      born = add_days(birthday_in(on, day.year()), chance.between(-1, 1));
      break;
    case 3:
      born = add_days(add_years(on, -chance.one_of(15, 18, 20, 60)), chance.between(-1, 1));
      break;
    default:
      break;
  }
  return std::clamp(born, kFirstBirth, latest);
}

ResidenceStatus status(Chance& chance) {
  return chance.percent(75) ? ResidenceStatus::japanese : chance.any<ResidenceStatus>(5);
}

// Until when a stay was permitted: for up to five years, and at times over.
Date end_of_stay(Chance& chance, Date on) {
  return chance.percent(10) ? near(chance, on, 90, 90) : add_days(on, chance.between(0, 5 * kDaysOfAYear));
}

void add_departure(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  if (chance.percent(8))
    facts.moving_abroad = MovingAbroad{near(chance, life.on, 500, 200), chance.percent(65)};
  if (chance.percent(2) || (facts.moving_abroad && chance.percent(50)))
    facts.left_register = facts.moving_abroad ? facts.moving_abroad->planned : near(chance, life.on, 300, 60);
  if (chance.percent(1)) facts.died = add_days(life.on, -chance.below(100));
}

}  // namespace

void add_person(Chance& chance, Life& life) {
  Facts& facts = life.facts;
  facts.born = birth(chance, life.on);
  facts.status = status(chance);
  if (facts.status == ResidenceStatus::other_foreign_resident)
    facts.period_of_stay_ends = end_of_stay(chance, life.on);
  facts.adult_ward = chance.percent(3) && comes_of_age(*facts.born, 18) <= life.on;
  if (chance.percent(80)) facts.municipality = Municipality{13225U};
  if (chance.percent(40))
    facts.registered_domicile = chance.one_of(Municipality{13225U}, Municipality{1100U});
  add_departure(chance, life);
}

}  // namespace shomei::rules
