// Kiosks reset PINs from 06:30 to 23:00, and no longer than their shop is open.
#include "rules/pins/kiosk_hours.h"
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr Hours kKioskHours{.spans = {{{.opens = kKioskOpens.count(), .closes = kKioskCloses.count()}}},
                            .count = 1};

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk)) return std::nullopt;
  const auto& shop = c.facts.office->hours;
  if (!c.facts.at) {
    if (shop && !open_on(*shop, c.on)) return refuses("office_closed", "would_pass_in_hours");
    return informs("kiosk_hours");
  }
  if (!open_at(kKioskHours, c.at))
    return refuses("kiosk_closed", "would_pass_in_kiosk_hours", {{"at", c.at}});
  if (shop && !open_at(*shop, c.at)) return refuses("office_closed", "would_pass_in_hours");
  return passes("kiosk_open", {{"at", c.at}});
}

}  // namespace

constinit const Rule kKioskHours{.id = "kiosk_hours",
                                 .citation = "jpki-facts 3.5 (kiosk 06:30 to 23:00)",
                                 .since = kFirstCards,
                                 .acts = {Verb::reset_pin, Verb::unlock_pin},
                                 .reads = {Fact::office_kind, Fact::office_hours, Fact::at},
                                 .apply = apply};

}  // namespace shomei::rules
