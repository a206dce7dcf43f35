#include "rules/pins/pin_quality.h"

#include <algorithm>
#include <array>
#include <string>

namespace shomei::rules {
namespace {

constexpr std::string_view kForm = "seed: password; jpki-facts 1.4 (PIN rules)";
constexpr std::string_view kWeak = "city practice (PINs that are easily guessed)";

constexpr char fold(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return fold(c) >= 'A' && fold(c) <= 'Z';
}

// The date of birth as digits; the parts of it that people choose are pieces of this text.
class BirthDate {
 public:
  explicit BirthDate(Date born) : digits_(format_date(born)) { std::erase(digits_, '-'); }
  std::string_view whole() const { return digits_; }                             // YYYYMMDD
  std::string_view short_form() const { return whole().substr(2); }              // YYMMDD
  std::string_view year() const { return whole().substr(0, 4); }                 // YYYY
  std::string_view year_and_month() const { return short_form().substr(0, 4); }  // YYMM
  std::string_view day() const { return whole().substr(4); }                     // MMDD

 private:
  std::string digits_;
};

// How the second follows the first: 0 the same, 1 the next, -1 the one before (9 and 0 are neighbours);
// nothing when it does not follow.
std::optional<int> step(char first, char second) {
  if (is_digit(first) && is_digit(second)) {
    const int by = (second - first + 10) % 10;
    if (by == 0 || by == 1) return by;
    return by == 9 ? std::optional(-1) : std::nullopt;
  }
  if (!is_letter(first) || !is_letter(second)) return std::nullopt;
  const int by = fold(second) - fold(first);
  return by >= -1 && by <= 1 ? std::optional(by) : std::nullopt;
}

// The fewest pieces of which each is a run or one character again and again: ABC123 has two, AAAAA1 too.
int pieces(std::string_view text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const std::size_t first = i++;
    if (i == text.size()) continue;
    const auto by = step(text[first], text[i]);
    while (by && i < text.size() && step(text[i - 1], text[i]) == by) ++i;
  }
  return count;
}

Result<void> check_digits(std::string_view pin) {
  if (pin.size() != kAuthenticationPinDigits || !std::ranges::all_of(pin, is_digit))
    return malformed("new_pin_form", {}, kForm);
  return {};
}

Result<void> check_characters(std::string_view password) {
  const auto allowed = [](char c) { return is_digit(c) || is_letter(c); };
  if (password.size() < kSignaturePasswordMin || password.size() > kSignaturePasswordMax ||
      !std::ranges::all_of(password, allowed))
    return malformed("new_password_form", {}, kForm);
  if (!std::ranges::any_of(password, is_letter) || !std::ranges::any_of(password, is_digit))
    return malformed("new_password_mixed", {}, kForm);
  return {};
}

Result<void> check_guesses_of_pin(std::string_view pin, const std::optional<Date>& born) {
  if (pieces(pin) == 1) {
    if (pin[0] == pin[1]) return refused("weak_pin_one_digit", {}, kWeak);
    return refused("weak_pin_run", {}, kWeak);
  }
  if (!born) return {};
  const BirthDate birth(*born);
  if (pin == birth.day() || pin == birth.year_and_month() || pin == birth.year())
    return refused("weak_pin_birth_date", {}, kWeak);
  return {};
}

// Whoever has to have a letter and a digit and wants to remember neither chooses a run and a run: two pieces
// leave an attacker with few guesses. The date of birth is on the card's own face.
Result<void> check_guesses_of_password(std::string_view password, const std::optional<Date>& born) {
  constexpr int kGuessedPieces = 2;
  if (pieces(password) <= kGuessedPieces) return refused("weak_password_runs", {}, kWeak);
  if (!born) return {};
  const BirthDate birth(*born);  // the short form is part of the whole
  if (password.find(birth.short_form()) != std::string_view::npos)
    return refused("weak_password_birth_date", {}, kWeak);
  return {};
}

}  // namespace

SecretBytes fold_password(std::string_view password) {
  Bytes folded;
  folded.reserve(password.size());
  for (const char c : password) folded.push_back(static_cast<std::uint8_t>(fold(c)));
  return SecretBytes::adopt(std::move(folded));
}

Result<void> check_pin(Kind kind, std::string_view pin, std::optional<Date> born, const Settings& settings) {
  const bool signature = kind == Kind::signature;
  SHOMEI_CHECK(signature ? check_characters(pin) : check_digits(pin));
  if (!settings.weak_pins_refused) return {};
  return signature ? check_guesses_of_password(pin, born) : check_guesses_of_pin(pin, born);
}

}  // namespace shomei::rules
