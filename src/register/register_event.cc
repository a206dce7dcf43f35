#include "register/register_event.h"

#include <array>

#include "base/check.h"
#include "register/register_line.h"

namespace shomei::residents {
namespace {

constexpr std::array kEventKinds{EventKind::moved,          EventKind::renamed,
                                 EventKind::gender_changed, EventKind::birth_date_corrected,
                                 EventKind::move_out,       EventKind::moved_abroad,
                                 EventKind::died,           EventKind::lost_status,
                                 EventKind::card_returned};

// A changed record must still be one that a register line could bring.
Result<Resident> checked(const Resident& resident) {
  SHOMEI_TRY(auto line, parse_register_line(encode_resident(resident)));
  return std::move(line.resident);
}

// Who moves in is in the register again, and no longer abroad. A departure that is still to come stays
// planned.
void move_in(const RegisterEvent& event, Resident& resident, Date today) {
  resident.address = event.value;
  if (!event.municipality.empty()) resident.municipality = event.municipality;
  if (resident.moving_abroad && resident.moving_abroad->planned > today) return;
  resident.left_register.reset();
  resident.moving_abroad.reset();
}

Result<void> move_out(const RegisterEvent& event, Resident& resident, Date today) {
  SHOMEI_TRY(const auto day, parse_date(event.value));
  if (event.continued_use && day <= today)
    return refused("continued_use_too_late", {{"planned", format_date(day)}}, "jpki-facts 3.6");
  resident.left_register = day;
  resident.moving_abroad.reset();
  if (event.abroad) resident.moving_abroad = MovingAbroad{day, event.continued_use};
  return {};
}

// A departure keeps what its notification said of continued use.
void depart(Date day, Resident& resident) {
  const bool continued_use = resident.moving_abroad && resident.moving_abroad->continued_use;
  resident.moving_abroad = MovingAbroad{day, continued_use};
  resident.left_register = day;
}

}  // namespace

std::string_view name(EventKind kind) {
  switch (kind) {
    case EventKind::moved:
      return "moved";
    case EventKind::renamed:
      return "renamed";
    case EventKind::gender_changed:
      return "gender_changed";
    case EventKind::birth_date_corrected:
      return "birth_date_corrected";
    case EventKind::move_out:
      return "move_out";
    case EventKind::moved_abroad:
      return "moved_abroad";
    case EventKind::died:
      return "died";
    case EventKind::lost_status:
      return "lost_status";
    case EventKind::card_returned:
      return "card_returned";
  }
  SHOMEI_INVARIANT(false);
}

Result<EventKind> parse_event_kind(std::string_view text) {
  std::string allowed;
  for (auto kind : kEventKinds) {
    if (name(kind) == text) return kind;
    allowed += (allowed.empty() ? "" : ", ") + std::string(name(kind));
  }
  return malformed("value_unknown",
                   {{"member", "event"}, {"value", std::string(text)}, {"allowed", allowed}});
}

Result<Resident> apply(const RegisterEvent& event, Resident resident, Date today) {
  const std::string before = encode_resident(resident);
  switch (event.kind) {
    case EventKind::moved:
      move_in(event, resident, today);
      break;
    case EventKind::renamed:
      resident.name = event.value;
      break;
    case EventKind::gender_changed: {
      SHOMEI_TRY(resident.gender, parse_gender(event.value));
      break;
    }
    case EventKind::birth_date_corrected: {
      SHOMEI_TRY(resident.born, parse_date(event.value));
      break;
    }
    case EventKind::move_out:
      SHOMEI_CHECK(move_out(event, resident, today));
      break;
    case EventKind::moved_abroad: {
      SHOMEI_TRY(const auto day, parse_date(event.value));
      depart(day, resident);
      break;
    }
    case EventKind::died: {
      SHOMEI_TRY(resident.died, parse_date(event.value));
      break;
    }
    case EventKind::lost_status: {
      SHOMEI_TRY(resident.left_register, parse_date(event.value));
      break;
    }
    case EventKind::card_returned:
      return resident;
  }
  // A departure on the planned day changes nothing in the record, and is an event all the same.
  if (encode_resident(resident) == before && event.kind != EventKind::moved_abroad)
    return refused("event_changes_nothing", {{"event", std::string(name(event.kind))}});
  return checked(resident);
}

}  // namespace shomei::residents
