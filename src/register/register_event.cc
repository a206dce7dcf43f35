#include "register/register_event.h"

#include <array>

#include "base/check.h"
#include "register/register_line.h"

namespace shomei::residents {
namespace {

constexpr std::array kEventKinds{EventKind::moved, EventKind::renamed, EventKind::gender_changed,
                                 EventKind::birth_date_corrected};

// A changed record must still be one that a register line could bring.
Result<Resident> checked(const Resident& resident) {
  SHOMEI_TRY(auto line, parse_register_line(encode_resident(resident)));
  return std::move(line.resident);
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

Result<Resident> apply(const RegisterEvent& event, Resident resident) {
  const std::string before = encode_resident(resident);
  switch (event.kind) {
    case EventKind::moved:
      resident.address = event.value;
      if (!event.municipality.empty()) resident.municipality = event.municipality;
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
  }
  if (encode_resident(resident) == before)
    return refused("event_changes_nothing", {{"event", std::string(name(event.kind))}});
  return checked(resident);
}

}  // namespace shomei::residents
