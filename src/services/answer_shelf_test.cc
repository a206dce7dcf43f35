#include "services/answer_shelf.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <string>

namespace shomei::services {
namespace {

KeptAnswer answer(std::uint64_t changes) {
  return {Instant(), Instant(std::chrono::seconds(7)), Instant(std::chrono::seconds(9)), changes, true};
}

TEST(AnswerShelf, FindsWhatItKeepsAndNothingElse) {
  AnswerShelf shelf(64);
  EXPECT_FALSE(shelf.find("question"));
  shelf.keep("question", answer(5), "head\r\n", view("body"));
  const auto found = shelf.find("question");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->answer.changes, 5U);
  EXPECT_EQ(found->head, "head\r\n");
  EXPECT_EQ(to_text(found->body), "body");
  EXPECT_FALSE(shelf.find("questio"));
  EXPECT_FALSE(shelf.find(""));
  shelf.keep("question", answer(6), "", {});
  EXPECT_EQ(shelf.find("question")->answer.changes, 6U);
  EXPECT_TRUE(shelf.find("question")->body.empty());
  EXPECT_EQ(shelf.size(), 1U);
}

// Against a map that forgets nothing: what is found is what was kept last, what was just kept is found, and
// there are never more than it may keep.
TEST(AnswerShelf, IsAMapThatForgets) {
  EXPECT_TRUE(rc::check([] {
    const auto most = *rc::gen::inRange<std::size_t>(2, 20);
    AnswerShelf shelf(most);
    std::map<std::string, std::uint64_t> model;
    const int steps = *rc::gen::inRange(0, 200);
    for (int i = 0; i < steps; ++i) {
      const std::string question = "q" + std::to_string(*rc::gen::inRange(0, 30));
      if (*rc::gen::arbitrary<bool>()) {
        model[question] = static_cast<std::uint64_t>(i);
        shelf.keep(question, answer(static_cast<std::uint64_t>(i)), question, view(question));
      }
      if (const auto found = shelf.find(question)) {
        RC_ASSERT(model.contains(question));
        RC_ASSERT(found->answer.changes == model[question]);
        RC_ASSERT(found->head == question && to_text(found->body) == question);
      }
      RC_ASSERT(shelf.size() <= most);
    }
  }));
}

TEST(AnswerShelf, WhatIsUsedStays) {
  AnswerShelf shelf(16);
  shelf.keep("used", answer(1), "", {});
  for (int i = 0; i < 1000; ++i) {
    shelf.keep(std::to_string(i), answer(2), "", {});
    ASSERT_TRUE(shelf.find("used")) << i;
  }
  EXPECT_FALSE(shelf.find("0"));
}

TEST(AnswerShelf, OneQuestionThatChangesAllTheTimeFillsNoMemory) {
  AnswerShelf shelf(2);
  const Bytes body(10'000, 1);
  for (std::uint64_t i = 0; i < 3'000; ++i) shelf.keep("question", answer(i), "head", body);
  EXPECT_EQ(shelf.find("question")->answer.changes, 2'999U);
  EXPECT_LE(shelf.size(), 2U);
}

// An old answer is found while the young half is full of memory that replaced answers have left behind.
TEST(AnswerShelf, WhatIsFoundInTheOldHalfIsWhole) {
  AnswerShelf shelf(2);
  const Bytes large(100'000, 1);
  shelf.keep("old", answer(1), "head", view("body"));
  shelf.keep("young", answer(2), "", {});  // turns the halves over
  for (std::uint64_t i = 0; i < 200; ++i) {
    shelf.keep("young", answer(i), "", large);
    if (const auto found = shelf.find("old")) {
      ASSERT_EQ(found->head, "head");
      ASSERT_EQ(to_text(found->body), "body");
    }
  }
}

}  // namespace
}  // namespace shomei::services
