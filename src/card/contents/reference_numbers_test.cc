#include "card/contents/reference_numbers.h"

#include <gtest/gtest.h>

#include "card/contents/digits.h"
#include "card/contents/personal_files.h"

namespace shomei::card::contents {
namespace {

Date day(std::string_view text) {
  return parse_date(text).value();
}

TEST(ReferenceNumbers, ErasBeginInTheMiddleOfAYear) {
  const std::pair<const char*, EraDay> kDays[] = {
      {"1980-02-17", {Era::showa, 55}},  {"1989-01-07", {Era::showa, 64}}, {"1989-01-08", {Era::heisei, 1}},
      {"2019-04-30", {Era::heisei, 31}}, {"2019-05-01", {Era::reiwa, 1}},  {"1926-12-24", {Era::taisho, 15}},
      {"1926-12-25", {Era::showa, 1}},   {"1912-07-29", {Era::meiji, 45}}, {"1912-07-30", {Era::taisho, 1}},
      {"1868-01-25", {Era::meiji, 1}},   {"2026-11-27", {Era::reiwa, 8}},
  };
  for (const auto& [text, expected] : kDays) {
    EXPECT_EQ(era_day(day(text)).era, expected.era) << text;
    EXPECT_EQ(era_day(day(text)).year, expected.year) << text;
  }
}

// Measured on a test card (SOL in jpki-facts 7): born 1980-02-17, ends in 2035, code 2285.
TEST(ReferenceNumbers, BIsAsATestCardWasOpened) {
  EXPECT_EQ(reference_number_b(day("1980-02-17"), 2035, "2285").value(), "55021720352285");
  EXPECT_EQ(birth_date_key(day("1980-02-17")), "550217");
  EXPECT_EQ(birth_date_key(day("2020-12-03")), "021203");
  for (const char* code : {"", "228", "22850", "22x5"})
    EXPECT_EQ(reference_number_b(day("1980-02-17"), 2035, code).error().code, "security_code_form") << code;
}

TEST(ReferenceNumbers, TheLastDigitChecksTheOthers) {
  EXPECT_TRUE(is_number("537686677188"));  // of the same test card
  for (char last = '0'; last <= '9'; ++last)
    EXPECT_EQ(is_number(std::string("53768667718") + last), last == '8');
  EXPECT_FALSE(is_number("53768667718"));
  EXPECT_FALSE(is_number("5376866771880"));
  EXPECT_FALSE(is_number("5376866771x8"));
}

TEST(ReferenceNumbers, SyntheticNumbersAreOfTheirFormAndTheSameEachTime) {
  for (const char* from : {"", "a", "b", "resident-1"}) {
    EXPECT_TRUE(is_number(synthetic_number(view(from))));
    EXPECT_EQ(synthetic_number(view(from)), synthetic_number(view(from)));
    EXPECT_TRUE(are_digits(synthetic_security_code(view(from)), 4));
    EXPECT_TRUE(are_digits(synthetic_serial(view(from)), 15));
  }
  EXPECT_NE(synthetic_number(view("a")), synthetic_number(view("b")));
}

}  // namespace
}  // namespace shomei::card::contents
