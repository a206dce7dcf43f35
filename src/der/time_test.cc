#include "der/time.h"

#include <gtest/gtest.h>

namespace shomei::der {
namespace {

Instant at(std::string_view text) {
  return *parse_instant(text);
}

TEST(DerTime, UtcTimeThrough2049AndGeneralizedTimeAfter) {  // RFC 5280 4.1.2.5
  EXPECT_EQ(to_text(ByteView(time(at("2049-12-31T23:59:59Z"))).subspan(2)), "491231235959Z");
  EXPECT_EQ(to_text(ByteView(time(at("2050-01-01T00:00:00Z"))).subspan(2)), "20500101000000Z");
  EXPECT_EQ(to_text(ByteView(time(at("1950-01-01T00:00:00Z"))).subspan(2)), "500101000000Z");
}

TEST(DerTime, AnyInstantIsWrittenAndThoseBeyondTheFormAsTheNearestInIt) {
  const auto text = [](Instant instant) { return to_text(ByteView(generalized_time(instant)).subspan(2)); };
  const Instant last = at("9999-12-31T23:59:59Z");
  EXPECT_EQ(text(last), "99991231235959Z");
  EXPECT_EQ(text(last + std::chrono::seconds{1}), "99991231235959Z");
  EXPECT_EQ(text(Instant::max()), "99991231235959Z");
  EXPECT_EQ(text(at("0001-01-01T00:00:00+23:59")), "00001231000100Z");
  EXPECT_EQ(text(Instant::min()), "00000101000000Z");
  EXPECT_EQ(to_text(ByteView(time(last + std::chrono::hours{1})).subspan(2)), "99991231235959Z");
}

TEST(DerTime, IsReadStrictly) {
  for (auto text : {"17 2611220102Z", "17 261122010203+0900", "17 261122010203", "17 261322010203Z",
                    "18 20261122010203.5Z", "18 2026112201020Z", "18 20260229000000Z"}) {
    Bytes bytes{static_cast<std::uint8_t>(text[1] == '7' ? kUtcTime : kGeneralizedTime),
                static_cast<std::uint8_t>(std::string_view(text).size() - 3)};
    append(bytes, view(std::string_view(text).substr(3)));
    Reader reader(bytes);
    EXPECT_FALSE(take_time(reader)) << text;
  }
  const Bytes good = time(at("2026-11-22T01:02:03Z"));
  Reader reader(good);
  EXPECT_EQ(*take_time(reader), at("2026-11-22T01:02:03Z"));
}

}  // namespace
}  // namespace shomei::der
