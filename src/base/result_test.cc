#include "base/result.h"

#include <gtest/gtest.h>

namespace shomei {
namespace {

Result<int> half(int n) {
  if (n % 2) return refused("odd", {{"n", std::to_string(n)}}, "arithmetic");
  return n / 2;
}

Result<int> quarter(int n) {
  SHOMEI_TRY(const int h, half(n));
  SHOMEI_TRY(const int q, half(h));
  return q;
}

Result<void> check_quarter(int n) {
  SHOMEI_CHECK(quarter(n));
  return {};
}

TEST(Result, TryPassesTheFirstErrorOn) {
  EXPECT_EQ(*quarter(8), 2);
  const auto failed = quarter(6);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().fault, Fault::refused);
  EXPECT_EQ(failed.error().parameter("n"), "3");
  EXPECT_EQ(failed.error().parameter("absent"), "");
  EXPECT_TRUE(check_quarter(4));
  EXPECT_EQ(check_quarter(5).error().rule, "arithmetic");
}

TEST(Result, CallersAddWhatTheyKnow) {
  const Error error = half(3).error().with("line", "7");
  EXPECT_EQ(error.parameter("line"), "7");
  EXPECT_EQ(name(error.fault), "refused");
}

}  // namespace
}  // namespace shomei
