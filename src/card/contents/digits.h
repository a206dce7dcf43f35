// Numbers and days as ASCII digits. Of this folder alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"

namespace shomei::card::contents {

bool are_digits(std::string_view text, std::size_t count);
// malformed "card_content_form" unless the bytes are that many digits.
Result<std::string> parse_digits(ByteView bytes, std::size_t count);

std::string day_digits(Date day);  // YYYYMMDD
// None when a part is unknown (00) or the calendar has no such day.
std::optional<Date> day_of(std::string_view eight_digits);

}  // namespace shomei::card::contents
