// What happens to a resident's record: each event changes one attribute. What it means for certificates is
// decided in rules/, by the counter.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "register/resident.h"

namespace shomei::residents {

enum class EventKind {
  moved,
  renamed,
  gender_changed,
  birth_date_corrected,
  move_out,      // the notification: the day of the move is planned
  moved_abroad,  // the departure itself
  died,
  lost_status,
  card_returned,
};
std::string_view name(EventKind kind);
Result<EventKind> parse_event_kind(std::string_view text);  // malformed "value_unknown"

struct RegisterEvent {
  EventKind kind{};
  // The new address, name, gender or date of birth; the day of the move, the departure, the death or the
  // loss; nothing of a returned card.
  std::string value;
  std::string municipality;    // moved: of the new address; empty when it stays the same
  bool abroad = false;         // move_out: leaves Japan
  bool continued_use = false;  // and asked to go on using the card
};

// The record after the event, recorded on `today` (in Japan). refused "event_changes_nothing" when it is as
// before (a returned card changes the card, not the person), "continued_use_too_late" unless it is asked for
// before the day of departure (jpki-facts 3.6); malformed as in a register line, and "date_form" for a day.
Result<Resident> apply(const RegisterEvent& event, Resident resident, Date today);

}  // namespace shomei::residents
