// An office acts while it is open; its hours are its own data. The call centre never closes, kiosks have
// hours of their own.
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

std::optional<Finding> apply(const Case& c) {
  const auto& office = c.facts.office;
  if (!office || !office->hours || office->kind == OfficeKind::kiosk ||
      office->kind == OfficeKind::call_centre)
    return std::nullopt;
  const bool open = c.facts.at ? open_at(*office->hours, c.at) : open_on(*office->hours, c.on);
  if (!open) return refuses("office_closed", "would_pass_in_hours");
  return passes("office_open");
}

}  // namespace

constinit const Rule kOfficeHours{
    .id = "office_hours",
    .citation = "city practice (opening hours); jpki-facts 3.4 (call centre round the clock)",
    .since = kFirstCards,
    .acts = {Verb::issue, Verb::renew, Verb::revoke, Verb::suspend, Verb::restore, Verb::change_pin,
             Verb::reset_pin, Verb::unlock_pin, Verb::replace_card},
    .reads = {Fact::office_kind, Fact::office_hours, Fact::at},
    .apply = apply};

}  // namespace shomei::rules
