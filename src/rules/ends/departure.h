// Moving abroad, as the rules on what ends by it see it.
#pragma once

#include "rules/questions.h"

namespace shomei::rules {

// The event is a departure from Japan: it took place, or its notification names a departure.
inline bool departs(const Facts& facts) {
  return facts.event == Event::moved_abroad || (facts.event == Event::move_out && facts.moving_abroad);
}

inline Instant departs_at(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  return closed_at(c, abroad ? std::optional(abroad->planned) : c.facts.left_register);
}

// The procedure was asked for, by a Japanese national, and in time: up to the day before the departure.
inline bool continues_abroad(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  const bool in_time = c.facts.event == Event::moved_abroad || (abroad && c.on < abroad->planned);
  return abroad && abroad->continued_use && in_time && c.facts.status == ResidenceStatus::japanese;
}

}  // namespace shomei::rules
