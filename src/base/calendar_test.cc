#include "base/calendar.h"

#include <gtest/gtest.h>

namespace shomei {
namespace {

using namespace std::chrono_literals;

Date day(std::string_view text) {
  return *parse_date(text);
}

TEST(Calendar, TheLastSecondOfADayInJapanIs145959InUtc) {  // jpki-facts 2.1
  EXPECT_EQ(format_utc(last_second(day("2031-01-02"))), "2031-01-02T14:59:59Z");
  EXPECT_EQ(format_jst(last_second(day("2031-01-02"))), "2031-01-02T23:59:59+09:00");
  EXPECT_EQ(jst_date(last_second(day("2031-01-02"))), day("2031-01-02"));
  EXPECT_EQ(jst_date(last_second(day("2031-01-02")) + 1s), day("2031-01-03"));
}

TEST(Calendar, ADayOfJapanBeginsOnTheDayBeforeInUtc) {
  EXPECT_EQ(format_utc(first_second(day("2026-01-01"))), "2025-12-31T15:00:00Z");
}

TEST(Calendar, YearsFromALeapDayEndOnThe28thOfACommonYear) {
  EXPECT_EQ(add_years(day("2024-02-29"), 5), day("2029-02-28"));
  EXPECT_EQ(add_years(day("2024-02-29"), 4), day("2028-02-29"));
}

TEST(Calendar, MonthsEndOnTheMonthsLastDay) {
  EXPECT_EQ(add_months(day("2026-05-31"), -3), day("2026-02-28"));
  EXPECT_EQ(add_months(day("2026-01-15"), -3), day("2025-10-15"));
  EXPECT_EQ(add_months(day("2026-12-31"), 2), day("2027-02-28"));
}

TEST(Calendar, DatesAreReadStrictly) {
  for (auto text :
       {"2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01 ", "0000-01-01", "-001-01-01", ""})
    EXPECT_EQ(parse_date(text).error().code, "date_form") << text;
  EXPECT_EQ(format_date(day("0001-01-01")), "0001-01-01");
}

TEST(Calendar, InstantsAreReadWithAnyOffset) {
  EXPECT_EQ(*parse_instant("2030-04-01T09:00:00+09:00"), *parse_instant("2030-04-01T00:00:00Z"));
  EXPECT_EQ(*parse_instant("2030-03-31T19:30:00-04:30"), *parse_instant("2030-04-01T00:00:00Z"));
  for (auto text :
       {"2030-04-01T09:00:00", "2030-04-01 09:00:00Z", "2030-04-01T24:00:00Z", "2030-04-01T09:60:00Z",
        "2030-04-01T09:00:60Z", "2030-04-01T09:00:00+24:00", "2030-04-01T09:00:00Zz"})
    EXPECT_EQ(parse_instant(text).error().code, "instant_form") << text;
}

TEST(Calendar, TheEndOfTimeOfRfc5280PrintsWithoutOverflow) {
  EXPECT_EQ(format_utc(*parse_instant("9999-12-31T23:59:59Z")), "9999-12-31T23:59:59Z");
}

TEST(Calendar, MillisecondsKeepTheirFraction) {
  EXPECT_EQ(format_jst(InstantMs{*parse_instant("2026-11-22T00:00:00Z")} + 7ms),
            "2026-11-22T09:00:00.007+09:00");
}

}  // namespace
}  // namespace shomei
