// Moving abroad, as the rules on what ends by it see it.
#pragma once

#include <algorithm>

#include "rules/questions.h"

namespace shomei::rules {

// The event is a departure from Japan: it took place, or its notification names a departure.
inline bool departs(const Facts& facts) {
  return facts.event == Event::moved_abroad || (facts.event == Event::move_out && facts.moving_abroad);
}

// The planned day; one that has passed, or was not given, means now.
inline Instant departs_at(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  return abroad ? std::max(first_second(abroad->planned), c.at) : c.at;
}

// The procedure was asked for, by a Japanese national, and in time: up to the day before the departure.
inline bool continues_abroad(const Case& c) {
  const auto& abroad = c.facts.moving_abroad;
  const bool in_time = c.facts.event == Event::moved_abroad || (abroad && c.on < abroad->planned);
  return abroad && abroad->continued_use && in_time && c.facts.status == ResidenceStatus::japanese;
}

}  // namespace shomei::rules
