// Hours: when an office is open, as data: "Mo-Fr 08:30-17:15, Sa 09:00-12:00", in JST. Days are Mo Tu We Th
// Fr Sa Su, one or a span; without a day every day is meant. An office is open from the first minute to the
// last one's beginning: at 17:15:00 it is closed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace shomei::rules {

struct Span {
  std::uint8_t first_day = 0, last_day = 6;  // Monday is 0
  std::int32_t opens = 0, closes = 0;        // seconds after midnight
  bool operator==(const Span&) const = default;
};

inline constexpr std::size_t kSpansMax = 7;

struct Hours {
  std::array<Span, kSpansMax> spans{};
  std::uint8_t count = 0;
  bool operator==(const Hours&) const = default;
};

// None when the text is not of that form, or a span ends before it begins.
std::optional<Hours> parse_hours(std::string_view text);
std::string format_hours(const Hours& hours);

bool open_at(const Hours& hours, Instant at);
bool open_on(const Hours& hours, Date day);  // at some moment of the day

}  // namespace shomei::rules
