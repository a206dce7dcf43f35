#include "base/secret.h"

#include <gtest/gtest.h>

namespace shomei {
namespace {

TEST(Secret, MovingLeavesNothingBehind) {
  auto secret = SecretBytes::of_text("1234");
  auto taken = std::move(secret);
  EXPECT_TRUE(secret.empty());  // NOLINT: the state after a move is what is tested
  EXPECT_EQ(taken.reveal_text(), "1234");
  EXPECT_EQ(taken.clone().reveal_text(), "1234");
}

}  // namespace
}  // namespace shomei
