// The keys of the card-face and input-helper applications that are printed on the card, so that who holds it
// in hand may read it (jpki-facts 1.7): reference number A is the national number; B is the birth date in
// Japanese era years, the year in which the card ends, and the security code; the age record's key is the
// birth date.
#pragma once

#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/result.h"

namespace shomei::card::contents {

inline constexpr std::size_t kNumberDigits = 12;  // also reference number A
inline constexpr std::size_t kReferenceBDigits = 14;
inline constexpr std::size_t kBirthDateDigits = 6;
inline constexpr std::size_t kSecurityCodeDigits = 4;

enum class Era { meiji, taisho, showa, heisei, reiwa };

struct EraDay {
  Era era{};
  int year = 1;  // of the era, from 1
};

// Eras begin in the middle of a year. Days before Meiji are counted as of it: year 1 or less.
EraDay era_day(Date day);

// YYMMDD, the year of the era modulo 100.
std::string birth_date_key(Date born);
// malformed "security_code_form" unless four digits.
Result<std::string> reference_number_b(Date born, int card_end_year, std::string_view security_code);

// Twelve digits of which the last checks the others (order of the Ministry of Internal Affairs and
// Communications No. 85 of 2014, article 5).
bool is_number(std::string_view digits);
char check_digit(std::string_view eleven_digits);

}  // namespace shomei::card::contents
