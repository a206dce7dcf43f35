#include "rules/hours.h"

#include <gtest/gtest.h>

namespace shomei::rules {
namespace {

Instant at(std::string_view text) {
  return *parse_instant(text);
}

TEST(Hours, AreOpenFromTheirFirstMinuteToTheLast) {
  const auto hours = parse_hours("Mo-Fr 08:30-17:15, Sa 09:00-12:00");
  ASSERT_TRUE(hours);
  EXPECT_FALSE(open_at(*hours, at("2026-11-20T08:29:59+09:00")));  // a Friday
  EXPECT_TRUE(open_at(*hours, at("2026-11-20T08:30:00+09:00")));
  EXPECT_TRUE(open_at(*hours, at("2026-11-20T17:14:59+09:00")));
  EXPECT_FALSE(open_at(*hours, at("2026-11-20T17:15:00+09:00")));
  EXPECT_TRUE(open_at(*hours, at("2026-11-21T11:59:59+09:00")));
  EXPECT_FALSE(open_at(*hours, at("2026-11-22T10:00:00+09:00")));
}

TEST(Hours, AreHoursInJapan) {
  const auto hours = parse_hours("Mo 00:00-24:00");
  ASSERT_TRUE(hours);
  EXPECT_TRUE(open_at(*hours, at("2026-11-22T15:00:00Z")));  // Monday 00:00 in Japan
  EXPECT_TRUE(open_at(*hours, at("2026-11-23T14:59:59Z")));
  EXPECT_FALSE(open_at(*hours, at("2026-11-23T15:00:00Z")));
}

TEST(Hours, AreOpenOnADayWithASpan) {
  const auto hours = parse_hours("Mo-Fr 08:30-17:15");
  EXPECT_TRUE(open_on(*hours, *parse_date("2026-11-20")));
  EXPECT_FALSE(open_on(*hours, *parse_date("2026-11-22")));
}

TEST(Hours, ComeBackAsTheyWereWritten) {
  for (const auto* text : {"08:30-17:15", "Mo-Fr 08:30-17:15, Sa 09:00-12:00", "Su 00:00-24:00"})
    EXPECT_EQ(format_hours(*parse_hours(text)), text);
}

TEST(Hours, OfAnotherFormAreNone) {
  for (const auto* text : {"", "open", "Mo-Fr", "Mo-Fr 8:30-17:15", "Fr-Mo 08:30-17:15", "08:30-08:30",
                           "17:15-08:30", "08:60-17:15", "08:30-24:01", "08:30-17:15,Sa 09:00-12:00",
                           "08:30-17:15, ", "Xx 08:30-17:15", "08:30-17:15 "})
    EXPECT_FALSE(parse_hours(text)) << text;
}

TEST(Hours, HaveSevenSpansAtMost) {
  std::string text = "00:00-01:00";
  for (int i = 1; i < 7; ++i) text += ", 00:00-01:00";
  EXPECT_TRUE(parse_hours(text));
  EXPECT_FALSE(parse_hours(text + ", 00:00-01:00"));
}

}  // namespace
}  // namespace shomei::rules
