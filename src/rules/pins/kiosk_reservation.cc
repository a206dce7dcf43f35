// A kiosk takes a reservation made with the phone, valid for 24 hours.
#include "rules/pins/kiosk_hours.h"
#include "rules/questions.h"
#include "rules/rule_set.h"

namespace shomei::rules {
namespace {

constexpr std::chrono::hours kValid{24};

// Without a moment, the reservation has to cover one of the day at which kiosks are open.
bool covers(const Case& c, Instant made_at) {
  const Instant until = made_at + kValid;
  if (c.facts.at) return made_at <= c.at && c.at < until;
  const Instant midnight = first_second(c.on);
  return made_at < midnight + kKioskCloses && midnight + kKioskOpens < until;
}

std::optional<Finding> apply(const Case& c) {
  if (!at_office(c.facts, OfficeKind::kiosk)) return std::nullopt;
  const auto& made_at = c.facts.reservation_made_at;
  if (!made_at) return lacks(Fact::reservation);
  const Values values{{"made_at", *made_at}, {"until", *made_at + kValid}};
  if (!covers(c, *made_at)) return refuses("reservation_not_valid", "would_pass_with_reservation", values);
  return passes("reservation_valid", values);
}

}  // namespace

constinit const Rule kKioskReservation{.id = "kiosk_reservation",
                                       .citation = "jpki-facts 3.5 (reservation valid 24 h)",
                                       .since = kFirstCards,
                                       .acts = {Verb::reset_pin, Verb::unlock_pin},
                                       .reads = {Fact::office_kind, Fact::reservation, Fact::at},
                                       .apply = apply};

}  // namespace shomei::rules
