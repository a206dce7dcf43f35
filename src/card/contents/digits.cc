#include "card/contents/digits.h"

#include <algorithm>

#include "card/contents/tlv.h"

namespace shomei::card::contents {

bool are_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string> parse_digits(ByteView bytes, std::size_t count) {
  auto text = to_text(bytes);
  if (!are_digits(text, count)) return bad_content(std::to_string(count) + " digits are wanted");
  return text;
}

std::string day_digits(Date day) {
  std::string text = format_date(day);
  std::erase(text, '-');
  return text;
}

std::optional<Date> day_of(std::string_view eight_digits) {
  if (!are_digits(eight_digits, 8)) return std::nullopt;
  std::string text(eight_digits);
  text.insert(6, "-").insert(4, "-");
  const auto day = parse_date(text);
  if (!day) return std::nullopt;
  return *day;
}

}  // namespace shomei::card::contents
