#include "rules/hours.h"

#include <algorithm>
#include <span>

namespace shomei::rules {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::int32_t kMinute = 60;
constexpr std::int32_t kHour = 60 * kMinute;
constexpr std::int32_t kDay = 24 * kHour;

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

std::optional<std::uint8_t> take_day(std::string_view& text) {
  for (std::uint8_t day = 0; day < kDays.size(); ++day)
    if (take(text, kDays[day])) return day;
  return std::nullopt;
}

std::optional<std::int32_t> take_two_digits(std::string_view& text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 2 || !digit(text[0]) || !digit(text[1])) return std::nullopt;
  const std::int32_t value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value;
}

// "08:30"; "24:00" is the end of the day.
std::optional<std::int32_t> take_time(std::string_view& text) {
  const auto hours = take_two_digits(text);
  if (!hours || !take(text, ":")) return std::nullopt;
  const auto minutes = take_two_digits(text);
  if (!minutes || *minutes > 59) return std::nullopt;
  const auto seconds = *hours * kHour + *minutes * kMinute;
  return seconds > kDay ? std::nullopt : std::optional(seconds);
}

std::optional<Span> take_span(std::string_view& text) {
  Span span;
  if (const auto first = take_day(text)) {
    span.first_day = span.last_day = *first;
    if (take(text, "-")) {
      const auto last = take_day(text);
      if (!last || *last < *first) return std::nullopt;
      span.last_day = *last;
    }
    if (!take(text, " ")) return std::nullopt;
  }
  const auto opens = take_time(text);
  if (!opens || !take(text, "-")) return std::nullopt;
  const auto closes = take_time(text);
  if (!closes || *closes <= *opens) return std::nullopt;
  span.opens = *opens;
  span.closes = *closes;
  return span;
}

std::string two_digits(std::int32_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string format_time(std::int32_t seconds) {
  return two_digits(seconds / kHour) + ":" + two_digits(seconds % kHour / kMinute);
}

std::span<const Span> spans_of(const Hours& hours) {
  return {hours.spans.data(), hours.count};
}

bool covers(const Span& span, Date day) {
  const auto weekday = std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding() - 1;
  return weekday >= span.first_day && weekday <= span.last_day;
}

}  // namespace

std::optional<Hours> parse_hours(std::string_view text) {
  Hours hours;
  do {
    const auto span = take_span(text);
    if (!span || hours.count == kSpansMax) return std::nullopt;
    hours.spans[hours.count++] = *span;
  } while (take(text, ", "));
  return text.empty() ? std::optional(hours) : std::nullopt;
}

std::string format_hours(const Hours& hours) {
  std::string text;
  for (const auto& span : spans_of(hours)) {
    if (!text.empty()) text += ", ";
    if (span.first_day != 0 || span.last_day != 6) {
      text += kDays[span.first_day];
      if (span.last_day != span.first_day) text += "-" + std::string(kDays[span.last_day]);
      text += " ";
    }
    text += format_time(span.opens) + "-" + format_time(span.closes);
  }
  return text;
}

bool open_at(const Hours& hours, Instant at) {
  const Date day = jst_date(at);
  const auto second = (at - first_second(day)).count();
  return std::ranges::any_of(spans_of(hours), [&](const Span& span) {
    return covers(span, day) && second >= span.opens && second < span.closes;
  });
}

bool open_on(const Hours& hours, Date day) {
  return std::ranges::any_of(spans_of(hours), [&](const Span& span) { return covers(span, day); });
}

}  // namespace shomei::rules
