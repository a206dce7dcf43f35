// Lives: random cases for the rules, the same for the same seed: a person, a card, a visit to an office, what
// is asked and on which day. For the properties that hold of every case (tests/lives/) and for the
// measurement of decide() (`shomei bench rules`).
#pragma once

#include <cstdint>

#include "rules/act.h"
#include "rules/facts.h"
#include "rules/lives/chance.h"
#include "rules/settings.h"

namespace shomei::rules {

struct Life {
  Act act;
  Facts facts;
  Date on;
};

class Lives {
 public:
  explicit Lives(std::uint64_t seed) : chance_(seed) {}

  // A plausible one between 2015 and 2040: most issues and renewals are granted. The days in it fall on the
  // boundaries of the law far more often than in nature, and some cases lack a fact or contradict themselves.
  Life next();

  // Whatever the types allow, in the years 1 to 9999; hardly anything of it is granted.
  Life wild();

 private:
  Chance chance_;
};

// Settings in any way in which an operator can set them: each member often as it comes.
Settings any_settings(Chance& chance);

}  // namespace shomei::rules
