#include "der/time.h"

#include <algorithm>
#include <array>

#include "der/writer.h"

namespace shomei::der {
namespace {

// The first and the last instant that the form has; the last stands for no end (RFC 5280 4.1.2.5).
constexpr Instant kFirst = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Instant kLast = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - std::chrono::seconds{1};

// Written digit by digit: a status service writes three for each answer, and a list one for each entry.
std::array<char, 15> compact(Instant at) {
  at = std::clamp(at, kFirst, kLast);
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const auto second = static_cast<unsigned>((at - day).count());
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  std::array<char, 15> text;
  std::size_t next = 0;
  const auto put = [&](unsigned value) {
    text[next++] = static_cast<char>('0' + value / 10);
    text[next++] = static_cast<char>('0' + value % 10);
  };
  put(year / 100);
  put(year % 100);
  put(static_cast<unsigned>(date.month()));
  put(static_cast<unsigned>(date.day()));
  put(second / 3600);
  put(second / 60 % 60);
  put(second % 60);
  text[next] = 'Z';
  return text;
}

std::string_view text_of(const std::array<char, 15>& time) {
  return {time.data(), time.size()};
}

Result<Instant> parse_compact(std::string_view t) {
  const bool digits = t.size() == 15 && t.back() == 'Z' &&
                      std::ranges::all_of(t.substr(0, 14), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits)
    return malformed("der_form", {{"what", "a time not of the form YYYYMMDDhhmmssZ"}}, "RFC 5280 4.1.2.5");
  const auto part = [&](std::size_t at, std::size_t length) { return std::string(t.substr(at, length)); };
  return parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                       part(10, 2) + ":" + part(12, 2) + "Z");
}

}  // namespace

EncodedTime encode_time(Instant at) {
  const auto time = compact(at);
  const auto text = text_of(time);
  const bool general = text >= "2050" || text < "1950";
  const auto content = view(general ? text : text.substr(2));
  EncodedTime encoded{{general ? kGeneralizedTime : kUtcTime, static_cast<std::uint8_t>(content.size())},
                      2 + content.size()};
  std::ranges::copy(content, encoded.bytes.begin() + 2);
  return encoded;
}

Bytes time(Instant at) {
  return to_bytes(encode_time(at).view());
}

Bytes generalized_time(Instant at, Tag tag) {
  return encode(tag, view(text_of(compact(at))));
}

void generalized_time(BackWriter& to, Instant at, Tag tag) {
  to.value(tag, view(text_of(compact(at))));
}

Result<Instant> take_time(Reader& reader) {
  Reader ahead = reader;
  SHOMEI_TRY(const auto value, ahead.take());
  std::string text = to_text(value.content);
  if (value.tag == kUtcTime) {
    if (text.size() != 13)
      return malformed("der_form", {{"what", "UTCTime without seconds or Z"}}, "RFC 5280 4.1.2.5.1");
    text = (text < "50" ? "20" : "19") + text;
  } else if (value.tag != kGeneralizedTime) {
    return malformed("der_form", {{"what", "a time is missing"}}, "RFC 5280 4.1.2.5");
  }
  SHOMEI_TRY(const auto at, parse_compact(text));
  reader = ahead;
  return at;
}

Result<Instant> take_generalized_time(Reader& reader, Tag tag) {
  Reader ahead = reader;
  SHOMEI_TRY(const auto value, ahead.take(tag));
  SHOMEI_TRY(const auto at, parse_compact(to_text(value.content)));
  reader = ahead;
  return at;
}

}  // namespace shomei::der
