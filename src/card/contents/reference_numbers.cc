#include "card/contents/reference_numbers.h"

#include <iterator>

#include "card/contents/digits.h"

namespace shomei::card::contents {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

struct Beginning {
  Era era;
  Date first_day;
};

// Latest first.
constexpr Beginning kEras[] = {
    {Era::reiwa, Date{year{2019}, month{5}, day{1}}},   {Era::heisei, Date{year{1989}, month{1}, day{8}}},
    {Era::showa, Date{year{1926}, month{12}, day{25}}}, {Era::taisho, Date{year{1912}, month{7}, day{30}}},
    {Era::meiji, Date{year{1868}, month{1}, day{25}}},
};

std::string two_digits(unsigned value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

EraDay era_day(Date born) {
  const Beginning* era = std::begin(kEras);
  while (era + 1 != std::end(kEras) && born < era->first_day) ++era;
  return {era->era, int{born.year()} - int{era->first_day.year()} + 1};
}

std::string birth_date_key(Date born) {
  const int years = era_day(born).year;
  return two_digits(static_cast<unsigned>(years < 0 ? 0 : years)) + two_digits(unsigned{born.month()}) +
         two_digits(unsigned{born.day()});
}

Result<std::string> reference_number_b(Date born, int card_end_year, std::string_view security_code) {
  if (!are_digits(security_code, kSecurityCodeDigits)) return malformed("security_code_form");
  const Date end{year{card_end_year}, month{1}, day{1}};
  return birth_date_key(born) + format_date(end).substr(0, 4) + std::string(security_code);
}

// Q1 stands right before the check digit. Weights 2 to 7 from the right, and once more from 2.
char check_digit(std::string_view eleven_digits) {
  int sum = 0;
  for (int n = 1; n <= 11; ++n) {
    const int digit = eleven_digits[static_cast<std::size_t>(11 - n)] - '0';
    sum += digit * (n <= 6 ? n + 1 : n - 5);
  }
  const int rest = sum % 11;
  return static_cast<char>('0' + (rest <= 1 ? 0 : 11 - rest));
}

bool is_number(std::string_view digits) {
  return are_digits(digits, kNumberDigits) && check_digit(digits.substr(0, 11)) == digits.back();
}

}  // namespace shomei::card::contents
