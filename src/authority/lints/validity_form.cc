// Times are UTCTime through 2049 and GeneralizedTime from 2050, to the second, with Z.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kUtcCharacters = 13;
constexpr std::size_t kGeneralizedCharacters = 15;

bool is_time(const der::Value& time) {
  const std::string_view text = text_of(time.content);
  const bool digits_and_z =
      text.ends_with('Z') &&
      std::ranges::all_of(text.substr(0, text.size() - 1), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits_and_z) return false;
  if (time.tag == der::kUtcTime) return text.size() == kUtcCharacters;
  return time.tag == der::kGeneralizedTime && text.size() == kGeneralizedCharacters && text >= "2050";
}

bool holds(const Reading& r) {
  return is_time(r.not_before) && is_time(r.not_after);
}

}  // namespace

constinit const Lint kValidityForm{
    .id = "validity_form",
    .citation = "RFC 5280 4.1.2.5",
    .demand = "times are UTCTime through 2049 and GeneralizedTime from 2050, to the second, with Z",
    .demand_ja = "時刻が2049年まで UTCTime、2050年から GeneralizedTime で、秒まであり、Z で終わる",
    .holds = holds};

}  // namespace shomei::authority::lints
