// Days and instants. The law counts days in Japan Standard Time (UTC+9, no summer time); DER and RFC 3339
// count seconds in UTC; the journal counts milliseconds. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shomei {

using Instant = std::chrono::sys_seconds;                            // UTC, to the second
using InstantMs = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC, to the millisecond
using Date = std::chrono::year_month_day;                            // a day in JST; always ok()

inline constexpr std::chrono::hours kJstOffset{9};

// The day in JST on which the instant falls.
Date jst_date(Instant at);
// 00:00:00 JST and 23:59:59 JST of a day. A certificate's last moment is last_second(its last day).
Instant first_second(Date day);
Instant last_second(Date day);

// `years` after `day`. 29 February becomes 28 February in a common year: for the end of a validity the
// statute counts full years, and the last of them ends on the 28th (jpki-facts 3.2, UNCONFIRMED; see
// docs/decisions).
Date add_years(Date day, int years);
// `months` (may be negative) from `day`: the same day of the month, or the month's last day where it has
// none.
Date add_months(Date day, int months);
Date add_days(Date day, int days);

// "2026-11-22". Years 0001 to 9999; malformed "date_form" otherwise (also for 2026-02-29).
std::string format_date(Date day);
Result<Date> parse_date(std::string_view text);

// RFC 3339. Formatting: with "+09:00", or with "Z". Parsing: any offset, no fraction; malformed
// "instant_form".
std::string format_jst(Instant at);
std::string format_jst(InstantMs at);  // with three digits of fraction
std::string format_utc(Instant at);
Result<Instant> parse_instant(std::string_view text);

// The clock as a port: use cases get their time from here and nowhere else.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual InstantMs now_ms() const = 0;
  Instant now() const { return std::chrono::floor<std::chrono::seconds>(now_ms()); }
};

}  // namespace shomei
