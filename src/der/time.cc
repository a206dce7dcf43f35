#include "der/time.h"

#include <algorithm>

#include "base/check.h"
#include "der/writer.h"

namespace shomei::der {
namespace {

// The first and the last instant that the form has; the last stands for no end (RFC 5280 4.1.2.5).
constexpr Instant kFirst = std::chrono::sys_days{std::chrono::year{0} / 1 / 1};
constexpr Instant kLast = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - std::chrono::seconds{1};

// "2026-11-22T01:02:03Z" -> "20261122010203Z"
std::string compact(Instant at) {
  std::string text = format_utc(std::clamp(at, kFirst, kLast));
  std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
  SHOMEI_INVARIANT(text.size() == 15);
  return text;
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

Bytes time(Instant at) {
  const std::string text = compact(at);
  if (text >= "2050" || text < "1950") return encode(kGeneralizedTime, view(text));
  return encode(kUtcTime, view(text).subspan(2));
}

Bytes generalized_time(Instant at, Tag tag) {
  return encode(tag, view(compact(at)));
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
