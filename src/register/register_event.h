// What happens to a resident's record: each event changes one attribute. What it means for certificates is
// decided in rules/, by the counter.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "register/resident.h"

namespace shomei::residents {

enum class EventKind { moved, renamed, gender_changed, birth_date_corrected };
std::string_view name(EventKind kind);
Result<EventKind> parse_event_kind(std::string_view text);  // malformed "value_unknown"

struct RegisterEvent {
  EventKind kind{};
  std::string value;         // the new address, name, gender or date of birth
  std::string municipality;  // moved: of the new address; empty when it stays the same
};

// The record after the event. refused "event_changes_nothing" when it is as before; malformed as in a
// register line.
Result<Resident> apply(const RegisterEvent& event, Resident resident);

}  // namespace shomei::residents
