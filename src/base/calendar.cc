#include "base/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>

#include "base/check.h"

namespace shomei {
namespace {

using namespace std::chrono;

struct Fields {
  int year, month, day, hour, minute, second;
};

Fields fields(Instant at) {
  const auto midnight = floor<days>(at);
  const year_month_day ymd{midnight};
  const hh_mm_ss time{at - midnight};
  return {static_cast<int>(ymd.year()),
          static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

// Adds the number in decimal, with zeros in front up to `digits`. snprintf would be half of what it costs to
// record a decision.
void append_number(std::string& to, int number, int digits) {
  SHOMEI_INVARIANT(number >= 0);
  std::array<char, 16> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  to.append(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, digits - (end - text.data()))), '0');
  to.append(text.data(), end);
}

std::string joined(std::initializer_list<int> numbers, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text += between[i - 1];
    append_number(text, numbers.begin()[i], i == 0 && between.front() == '-' ? 4 : 2);
  }
  return text;
}

std::string date_time(Instant at) {
  const auto f = fields(at);
  return joined({f.year, f.month, f.day, f.hour, f.minute, f.second}, "--T::");
}

// Reads exactly `digits` decimal digits off the front; false when they are not there.
bool take_number(std::string_view& text, std::size_t digits, int& value) {
  if (text.size() < digits) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc{} || end != text.data() + digits || text.front() == '-') return false;
  text.remove_prefix(digits);
  return true;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text, Date& day) {
  int y = 0, m = 0, d = 0;
  if (!(take_number(text, 4, y) && take(text, '-') && take_number(text, 2, m) && take(text, '-') &&
        take_number(text, 2, d)))
    return false;
  day = year{y} / m / d;
  return day.ok() && y >= 1;
}

bool take_offset(std::string_view& text, minutes& offset) {
  if (take(text, 'Z')) return true;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  const int sign = text.front() == '+' ? 1 : -1;
  text.remove_prefix(1);
  int h = 0, m = 0;
  if (!(take_number(text, 2, h) && take(text, ':') && take_number(text, 2, m)) || h > 23 || m > 59)
    return false;
  offset = minutes{sign * (h * 60 + m)};
  return true;
}

// The last day of the month where the month is shorter than the day asked for.
Date clip(year_month month_of_year, day wanted) {
  const Date exact = month_of_year / wanted;
  return exact.ok() ? exact : Date{month_of_year / last};
}

}  // namespace

Date jst_date(Instant at) {
  return Date{floor<days>(at + kJstOffset)};
}

Instant first_second(Date day) {
  SHOMEI_INVARIANT(day.ok());
  return Instant{sys_days{day}} - kJstOffset;
}

Instant last_second(Date day) {
  return first_second(day) + days{1} - seconds{1};
}

Date add_years(Date day, int years_more) {
  return clip((day.year() + years{years_more}) / day.month(), day.day());
}

Date add_months(Date day, int months_more) {
  return clip(day.year() / day.month() + months{months_more}, day.day());
}

Date add_days(Date day, int days_more) {
  return Date{sys_days{day} + days{days_more}};
}

std::string format_date(Date day) {
  return joined({static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                 static_cast<int>(static_cast<unsigned>(day.day()))},
                "--");
}

Result<Date> parse_date(std::string_view text) {
  auto rest = text;
  Date day;
  if (!take_date(rest, day) || !rest.empty()) return malformed("date_form", {{"text", std::string(text)}});
  return day;
}

std::string format_jst(Instant at) {
  return date_time(at + kJstOffset) + "+09:00";
}

std::string format_jst(InstantMs at) {
  const auto whole = floor<seconds>(at);
  std::string text = date_time(whole + kJstOffset) + ".";
  append_number(text, static_cast<int>((at - whole).count()), 3);
  return text + "+09:00";
}

std::string format_utc(Instant at) {
  return date_time(at) + "Z";
}

Result<Instant> parse_instant(std::string_view text) {
  const auto bad = [&] { return malformed("instant_form", {{"text", std::string(text)}}, "RFC 3339"); };
  auto rest = text;
  Date day;
  int h = 0, m = 0, s = 0;
  minutes offset{0};
  if (!(take_date(rest, day) && take(rest, 'T') && take_number(rest, 2, h) && take(rest, ':') &&
        take_number(rest, 2, m) && take(rest, ':') && take_number(rest, 2, s) && take_offset(rest, offset)))
    return bad();
  if (h > 23 || m > 59 || s > 59 || !rest.empty()) return bad();
  return Instant{sys_days{day}} + hours{h} + minutes{m} + seconds{s} - offset;
}

}  // namespace shomei
