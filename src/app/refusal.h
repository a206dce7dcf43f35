// A refused act leaves a trace in the journal, whoever refused it. What the rules refused has left it
// already, with its facts, where it was decided.
#pragma once

#include "counter/parts.h"

namespace shomei::app {

template <class T>
Result<T> traced(const counter::Parts& parts, std::string_view act, const counter::Officer& officer,
                 const ResidentId& resident, Result<T> result) {
  if (!result && result.error().fault == Fault::refused && result.error().parameter("rule_id").empty())
    SHOMEI_CHECK(counter::record_refusal(parts, act, officer, resident, {}, result.error()));
  return result;
}

}  // namespace shomei::app
