#include "app/troubles.h"

#include <vector>

#include "app/test_demo.h"

namespace shomei::app {
namespace {

using std::chrono::minutes;

class TroublesTest : public testing::Test {
 protected:
  HandClock clock_;
  std::vector<std::string> lines_;
  Troubles troubles_{clock_, [this](std::string_view line) { lines_.emplace_back(line); }};
  const Error unknown_ = not_found("authority_unknown", {{"authority", "signature-7"}});
  const std::string line_ = "no list: There is no authority \"signature-7\" in this home.";
};

TEST_F(TroublesTest, AreToldWhenTheyBeginAndWhenTheyAreOver) {
  troubles_.tell("no list", {});
  EXPECT_TRUE(lines_.empty()) << "nothing was wrong";
  for (int i = 0; i < 100; ++i) troubles_.tell("no list", unknown_);
  EXPECT_EQ(lines_, std::vector{line_});
  troubles_.tell("no list", {});
  troubles_.tell("no list", {});
  EXPECT_EQ(lines_, (std::vector<std::string>{line_, "over: no list"}));
  troubles_.tell("no list", unknown_);
  EXPECT_EQ(lines_.size(), 3U) << "it began anew";
}

TEST_F(TroublesTest, AreToldWhenTheyChangeEachByItself) {
  troubles_.tell("no list", unknown_);
  troubles_.tell("no responder", unknown_);
  troubles_.tell("no list", unknown_, "Nobody hears of it.");
  troubles_.tell("no responder", unknown_);
  EXPECT_EQ(lines_.size(), 3U);
  EXPECT_EQ(lines_.back(), line_ + " Nobody hears of it.");
}

TEST_F(TroublesTest, AreToldOnceAnHourWhileTheyLast) {
  for (int i = 0; i < 120; ++i) {
    troubles_.tell("no list", unknown_);
    clock_.at += minutes{1};
  }
  EXPECT_EQ(lines_, (std::vector{line_, line_}));
}

}  // namespace
}  // namespace shomei::app
