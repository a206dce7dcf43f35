#include "mass/pace.h"

#include <gtest/gtest.h>

namespace shomei::mass {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// What it comes to where each certificate takes so long, and a commit 2 ms on top.
std::uint64_t settled(microseconds each) {
  Pace pace;
  for (int turns = 0; turns < 30; ++turns)
    pace.took(milliseconds(2) + each * static_cast<std::int64_t>(pace.next()), pace.next());
  return pace.next();
}

TEST(MassPace, ATurnTakesAboutTwentyMilliseconds) {
  for (const microseconds each : {microseconds(10), microseconds(40), microseconds(400)}) {
    const auto takes = milliseconds(2) + each * static_cast<std::int64_t>(settled(each));
    EXPECT_GE(takes, milliseconds(18)) << each.count();
    EXPECT_LE(takes, milliseconds(22)) << each.count();
  }
  EXPECT_EQ(settled(microseconds(0)), Pace::kMost);
  EXPECT_EQ(settled(milliseconds(50)), Pace::kLeast);
}

TEST(MassPace, OneSlowCommitIsNotTheEnd) {
  Pace pace;
  const auto before = pace.next();
  pace.took(std::chrono::seconds(9), before);
  EXPECT_EQ(pace.next(), before / 2);
  pace.took(std::chrono::seconds(9), 3);
  EXPECT_EQ(pace.next(), before / 2) << "the rest of a list says nothing";
}

}  // namespace
}  // namespace shomei::mass
