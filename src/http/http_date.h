// HTTP-date as it is read (RFC 9110 5.6.7): the form that is written today (response_head.h writes it) and
// the two that others still may send.
#pragma once

#include <optional>
#include <string_view>

#include "base/calendar.h"

namespace shomei::http {

// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994"; none for
// anything else. The day of the week is not compared. `now` tells which century two digits are of: the year
// is never over 50 years ahead.
std::optional<Instant> parse_http_date(std::string_view text, Instant now);

}  // namespace shomei::http
