// The parts of a plausible life, each in a file of its own; each reads those before it.
#pragma once

#include "rules/days.h"
#include "rules/lives/lives.h"

namespace shomei::rules {

void add_person(Chance& chance, Life& life);
void add_card(Chance& chance, Life& life);   // with its certificates, and the authority's days
void add_visit(Chance& chance, Life& life);  // ground, event, moment, office, applicant, proofs

// A day near another, on it more often than not far from it: -1, 0 or +1 day in half of the cases.
inline Date near(Chance& chance, Date day, int days_before, int days_after) {
  return add_days(day, chance.percent(50) ? chance.between(-1, 1) : chance.between(-days_before, days_after));
}

}  // namespace shomei::rules
