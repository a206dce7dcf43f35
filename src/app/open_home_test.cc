#include "app/open_home.h"

#include <gtest/gtest.h>

namespace shomei::app {
namespace {

Result<std::optional<Instant>> at(const std::string& text) {
  cli::Invocation invocation;
  invocation.values["at"] = text;
  return at_of(invocation);
}

TEST(At, IsAnInstantOfTheYears2000To2199InJapan) {
  EXPECT_EQ(*at_of(cli::Invocation{}), std::nullopt);
  for (auto text : {"2000-01-01T00:00:00+09:00", "2199-12-31T23:59:59+09:00", "1999-12-31T15:00:00Z"})
    EXPECT_EQ(at(text).value(), parse_instant(text).value()) << text;
  for (auto text : {"1999-12-31T23:59:59+09:00", "2200-01-01T00:00:00+09:00", "2199-12-31T15:00:00Z",
                    "1950-01-01T00:00:00Z", "9999-12-31T23:30:00Z", "9999-12-31T23:59:59-23:59",
                    "0001-01-01T00:00:00+23:59"})
    EXPECT_EQ(at(text).error().code, "at_out_of_range") << text;
  EXPECT_EQ(at("2026-11-22").error().code, "instant_form");
}

}  // namespace
}  // namespace shomei::app
