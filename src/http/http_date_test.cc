#include "http/http_date.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "http/response_head.h"

namespace shomei::http {
namespace {

using std::chrono::seconds;

const Instant kNow = *parse_instant("2026-11-22T00:00:00Z");
constexpr Instant kThen{seconds{784111777}};  // the example of RFC 9110 5.6.7

TEST(HttpDate, IsReadInTheThreeFormsOfTheRfc) {
  for (const auto* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    EXPECT_EQ(parse_http_date(text, kNow), kThen) << text;
  EXPECT_EQ(parse_http_date("Tue Nov 16 08:49:37 1994", kNow), kThen + std::chrono::days{10});
}

TEST(HttpDate, YearsOfTwoDigitsAreNeverOver50YearsAhead) {
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-76 08:49:37 GMT", kNow), parse_instant("2076-11-06T08:49:37Z"));
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-77 08:49:37 GMT", kNow), parse_instant("1977-11-06T08:49:37Z"));
}

TEST(HttpDate, WhatIsNoDateIsNone) {
  for (const auto* text :
       {"", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 JST", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ", " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "1994-11-06T08:49:37Z", "784111777", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT",
        "Xxx, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT"})
    EXPECT_FALSE(parse_http_date(text, kNow)) << text;
}

TEST(HttpDate, ReadsWhatIsWrittenAndNoCutOfIt) {
  EXPECT_TRUE(rc::check([] {
    const Instant at{seconds{*rc::gen::inRange<std::int64_t>(0, 253402300799)}};
    const std::string text = format_http_date(at);
    RC_ASSERT(parse_http_date(text, kNow) == at);
    const auto cut = *rc::gen::inRange<std::size_t>(0, text.size());
    RC_ASSERT(!parse_http_date(std::string_view(text).substr(0, cut), kNow));
  }));
}

}  // namespace
}  // namespace shomei::http
