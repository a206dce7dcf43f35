#include "http/http_date.h"

#include <algorithm>
#include <array>

namespace shomei::http {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kLongWeekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};
constexpr int kYearsAheadMax = 50;

// Takes a text apart from its front; once something is not as wanted, it stays so.
class Text {
 public:
  explicit Text(std::string_view text) : rest_(text) {}
  Text& expect(std::string_view wanted) {
    good_ = good_ && rest_.starts_with(wanted);
    if (good_) rest_.remove_prefix(wanted.size());
    return *this;
  }
  // One space in front counts as a digit where asctime fills up with it.
  int number(std::size_t digits, bool may_be_filled = false) {
    good_ = good_ && rest_.size() >= digits;
    int value = 0;
    for (std::size_t i = 0; good_ && i < digits; ++i) {
      char c = rest_[i];
      if (c == ' ' && may_be_filled && i == 0) c = '0';
      good_ = c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
    }
    if (good_) rest_.remove_prefix(digits);
    return good_ ? value : 0;
  }
  // The place in the list of the one that comes here.
  template <std::size_t N>
  unsigned one_of(const std::array<std::string_view, N>& list, std::size_t length = std::string_view::npos) {
    const auto at = std::ranges::find_if(
        list, [&](std::string_view one) { return rest_.starts_with(one.substr(0, length)); });
    good_ = good_ && at != list.end();
    if (!good_) return 0;
    rest_.remove_prefix(at->substr(0, length).size());
    return static_cast<unsigned>(at - list.begin());
  }
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

struct Moment {
  int year = 0, day = 0, hour = 0, minute = 0, second = 0;
  unsigned month = 0;  // 0 is January
};

void take_time(Text& text, Moment& m) {
  m.hour = text.number(2);
  m.minute = text.expect(":").number(2);
  m.second = text.expect(":").number(2);
}

std::optional<Instant> instant_of(const Moment& m) {
  const auto date = std::chrono::year{m.year} / static_cast<int>(m.month + 1) / m.day;
  // Second 60 is a leap second, which no clock of ours has.
  if (!date.ok() || m.hour > 23 || m.minute > 59 || m.second > 60) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{m.hour} + std::chrono::minutes{m.minute} +
         std::chrono::seconds{m.second};
}

std::optional<Instant> parse_fixed(std::string_view whole) {
  Text text(whole);
  Moment m;
  text.one_of(kLongWeekdays, 3);
  m.day = text.expect(", ").number(2);
  m.month = text.expect(" ").one_of(kMonths);
  m.year = text.expect(" ").number(4);
  take_time(text.expect(" "), m);
  return text.expect(" GMT").done() ? instant_of(m) : std::nullopt;
}

std::optional<Instant> parse_rfc850(std::string_view whole, Instant now) {
  Text text(whole);
  Moment m;
  text.one_of(kLongWeekdays);
  m.day = text.expect(", ").number(2);
  m.month = text.expect("-").one_of(kMonths);
  m.year = text.expect("-").number(2);
  take_time(text.expect(" "), m);
  if (!text.expect(" GMT").done()) return std::nullopt;
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const int this_year = static_cast<int>(today.year());
  m.year += this_year / 100 * 100;
  if (m.year > this_year + kYearsAheadMax) m.year -= 100;
  return instant_of(m);
}

std::optional<Instant> parse_asctime(std::string_view whole) {
  Text text(whole);
  Moment m;
  text.one_of(kLongWeekdays, 3);
  m.month = text.expect(" ").one_of(kMonths);
  m.day = text.expect(" ").number(2, true);
  take_time(text.expect(" "), m);
  m.year = text.expect(" ").number(4);
  return text.done() ? instant_of(m) : std::nullopt;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
  if (const auto fixed = parse_fixed(text)) return fixed;
  if (const auto old = parse_rfc850(text, now)) return old;
  return parse_asctime(text);
}

}  // namespace shomei::http
