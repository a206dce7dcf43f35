// A refused act leaves a trace in the journal, whoever refused it. What the rules refused has left it
// already, with its facts, where it was decided.
#pragma once

#include "counter/parts.h"

namespace shomei::counter {

template <class T>
Result<T> traced(const Parts& parts, std::string_view act, const Officer& officer, const ResidentId& resident,
                 Result<T> result) {
  if (!result && result.error().fault == Fault::refused && result.error().parameter("rule_id").empty())
    SHOMEI_CHECK(record_refusal(parts, act, officer, resident, {}, result.error()));
  return result;
}

}  // namespace shomei::counter
