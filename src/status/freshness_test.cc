#include "status/freshness.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace shomei::status {
namespace {

using namespace std::chrono_literals;

TEST(Durations, OfNoneThereIsNothingToTell) {
  const Durations none;
  EXPECT_EQ(none.count(), 0U);
  EXPECT_EQ(none.quantile(0.99), 0ms);
  EXPECT_EQ(none.within(1h), 0U);
}

// Against the sorted durations themselves: never below the true one, and at most a sixteenth above it.
TEST(Durations, AQuantileIsTheTrueOneToASixteenth) {
  EXPECT_TRUE(rc::check([] {
    const auto all = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(0, 40), rc::gen::inRange<std::int64_t>(0, 400'000'000))));
    Durations durations;
    for (const auto ms : all) durations.add(std::chrono::milliseconds(ms));
    auto sorted = all;
    std::ranges::sort(sorted);
    for (const double share : {0.0, 0.5, 0.99, 1.0}) {
      const auto rank =
          static_cast<std::size_t>(std::max(1.0, std::ceil(share * static_cast<double>(all.size()))));
      const auto truly = sorted[rank - 1];
      const auto told = durations.quantile(share).count();
      RC_ASSERT(told >= truly);
      RC_ASSERT(static_cast<double>(told) <= static_cast<double>(truly) * (1 + 1.0 / 16) + 1);
    }
    RC_ASSERT(durations.max().count() == sorted.back());
    RC_ASSERT(durations.within(std::chrono::hours(24 * 30)) == all.size());
  }));
}

TEST(Durations, CountsHowManyTookNoLonger) {
  Durations durations;
  for (const auto ms : {1, 5, 5, 12, 900}) durations.add(std::chrono::milliseconds(ms));
  EXPECT_EQ(durations.within(5ms), 3U);
  EXPECT_EQ(durations.within(100ms), 4U);
  EXPECT_EQ(durations.sum(), 923ms);
}

TEST(Freshness, AClockThatWasSetBackIsNoTimeAtAll) {
  Freshness freshness;
  const InstantMs at{1'000'000ms};
  freshness.shown(at + 5ms, at);
  EXPECT_EQ(freshness.report().shown.max(), 0ms);
}

}  // namespace
}  // namespace shomei::status
