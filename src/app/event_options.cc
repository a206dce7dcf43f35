#include "app/event_options.h"

namespace shomei::app {
namespace {

using residents::EventKind;

Error unfit(std::string_view option, EventKind kind) {
  const std::string event(residents::name(kind));
  return malformed("option_unfit",
                   {{"option", std::string(option)}, {"event", event}, {"with", "--event " + event}});
}

// An option that would be passed over could mean that the officer meant another event.
Result<void> expect_fitting(const cli::Invocation& invocation, EventKind kind) {
  if (invocation.has("municipality") && kind != EventKind::moved) return unfit("--municipality", kind);
  if (invocation.has("abroad") && kind != EventKind::move_out) return unfit("--abroad", kind);
  if (invocation.has("continued-use") && !invocation.has("abroad")) return unfit("--continued-use", kind);
  if (invocation.has("value") && kind == EventKind::card_returned) return unfit("--value", kind);
  return {};
}

}  // namespace

std::vector<cli::Option> event_options() {
  return {
      {"event", "E",
       "moved, renamed, gender_changed, birth_date_corrected, move_out, moved_abroad, died, lost_status or "
       "card_returned"},
      {"value", "V",
       "the new address, name, gender or date of birth; the day of the move, departure, death or loss; "
       "nothing "
       "of a returned card"},
      {"municipality", "M", "moved: the new municipality code, when it changes"},
      {"abroad", "", "move_out: to another country"},
      {"continued-use", "", "move_out --abroad: the card is to be used there"}};
}

Result<residents::RegisterEvent> event_from(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto kind, residents::parse_event_kind(invocation.get("event")));
  SHOMEI_CHECK(expect_fitting(invocation, kind));
  return residents::RegisterEvent{kind, invocation.get("value"), invocation.get("municipality"),
                                  invocation.has("abroad"), invocation.has("continued-use")};
}

}  // namespace shomei::app
