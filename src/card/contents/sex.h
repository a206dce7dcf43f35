// Sex as one digit (JIS X 0303; jpki-facts 1.7 adds 3).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace shomei::card::contents {

enum class Sex : std::uint8_t {
  not_known = '0',
  male = '1',
  female = '2',
  other = '3',
  not_applicable = '9'
};

constexpr std::optional<Sex> sex_of_digit(std::uint8_t digit) {
  switch (digit) {
    case '0':
    case '1':
    case '2':
    case '3':
    case '9':
      return static_cast<Sex>(digit);
    default:
      return std::nullopt;
  }
}

constexpr std::string_view name(Sex sex) {
  switch (sex) {
    case Sex::male:
      return "male";
    case Sex::female:
      return "female";
    case Sex::other:
      return "other";
    case Sex::not_applicable:
      return "not_applicable";
    case Sex::not_known:
      break;
  }
  return "not_known";
}

}  // namespace shomei::card::contents
