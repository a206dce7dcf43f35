#include "crossing/recall.h"

#include <gtest/gtest.h>

namespace shomei::crossing {
namespace {

using Heard = Recall::Heard;

TEST(CrossingRecall, KeepsTheFirstThatItHearsAndTheLastThatItIsTold) {
  Recall recall(64 * 1024);
  const auto thing = Recall::key_of(Topic::act_person, "act-1");
  EXPECT_EQ(recall.look(thing, "a"), Heard::nothing);
  EXPECT_EQ(recall.hear(thing, "a"), Heard::nothing);
  EXPECT_EQ(recall.hear(thing, "b"), Heard::other);
  EXPECT_EQ(recall.look(thing, "a"), Heard::same);
  recall.say(thing, "b");
  EXPECT_EQ(recall.look(thing, "a"), Heard::other);
  EXPECT_EQ(recall.look(thing, "b"), Heard::same);
  EXPECT_EQ(recall.look(Recall::key_of(Topic::act_officer, "act-1"), "b"), Heard::nothing);
}

TEST(CrossingRecall, WordsAreNotInDoubtWhereTheyEnd) {
  EXPECT_NE(joined({"ab", "c"}), joined({"a", "bc"}));
  EXPECT_NE(joined({"a"}), joined({"a", ""}));
}

TEST(CrossingRecall, WhatDoesNotFitIsForALaterPass) {
  Recall recall(1);  // as little as there can be
  const auto key = [](int i) { return Recall::key_of(Topic::act_person, std::to_string(i)); };
  constexpr int kThings = 500;
  int recalled = 0, passes = 0;
  do {
    ++passes;
    for (int i = 0; i < kThings; ++i) recall.say(key(i), "said");
    for (int i = 0; i < kThings; ++i) recalled += recall.look(key(i), "said") == Heard::same ? 1 : 0;
  } while (recall.next_pass());
  EXPECT_EQ(recalled, kThings);
  EXPECT_GT(passes, 5);
}

}  // namespace
}  // namespace shomei::crossing
