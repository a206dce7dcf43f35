// Settings: what the sources leave open (UNCONFIRMED in jpki-facts), each with the choice that stands when an
// operator says nothing. They are part of the rule set, and are recorded with every decision.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "rules/reason.h"

namespace shomei::rules {

// From where the fifth birthday of a renewed certificate is counted.
enum class RenewalCount : std::uint8_t { old_last_day, day_of_renewal };
std::string_view name(RenewalCount count);
std::optional<RenewalCount> parse_renewal_count(std::string_view text);

struct Settings {
  // "Nothing is lost": five birthdays after the old last day. Cities write "the sixth birthday after the
  // renewal" (day_of_renewal), which differs on the last day and for old ends that are no birthday.
  RenewalCount renewal_counts_from = RenewalCount::old_last_day;

  // JPKI's profile: "hold is not released". Off: `restore` is possible.
  bool hold_is_final = true;

  // The reasons that no source settles. The person, or the right to the card, is gone: cessationOfOperation.
  Reason death = Reason::cessationOfOperation;
  Reason left_japan = Reason::cessationOfOperation;
  Reason lost_status = Reason::cessationOfOperation;
  Reason card_returned = Reason::cessationOfOperation;
  // What the certificate said was wrong from the start: nothing changed, and no key is in doubt.
  Reason recording_error = Reason::unspecified;
  // After loss, theft or a leak the key may be in other hands.
  Reason key_doubt = Reason::keyCompromise;

  // From this day on, a stay whose extension is pending counts for two months longer. None: never, because
  // the register does not say that an extension was asked for.
  std::optional<Date> stay_special_period_since;

  // 1234, one digit four times, the date of birth.
  bool weak_pins_refused = true;

  // What the certificate shows as the address of someone who moves abroad; {date} is YYYY/MM/DD.
  std::string overseas_address_ja = "国外転出 {date}(予定)";
  std::string overseas_address_en = "Moving Abroad {date} (Scheduled Move Date)";

  bool operator==(const Settings&) const = default;
};

}  // namespace shomei::rules
