#include "rules/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace shomei::rules {
namespace {

bool is_a_row(Date day) {
  return std::ranges::any_of(timeline(), [&](const Milestone& row) { return row.on == day; });
}

TEST(Timeline, EveryRuleBeginsAndEndsOnADayOfTheTimeline) {
  constexpr Date kFirstDay = std::chrono::year{1} / 1 / 1;
  const RuleSet set = current_rule_set();
  ASSERT_FALSE(set.rules.empty());
  for (const Rule* rule : set.rules) {
    if (rule->since != kFirstDay) EXPECT_TRUE(is_a_row(rule->since)) << rule->id;
    if (rule->until) EXPECT_TRUE(is_a_row(*rule->until)) << rule->id;
    if (rule->until) EXPECT_LT(rule->since, *rule->until) << rule->id;
  }
}

TEST(Timeline, IsInTheOrderOfTimeAndNamesEachRowOnce) {
  std::set<std::string_view> ids;
  for (const auto& row : timeline()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(row.on.ok()) << row.id;
    EXPECT_FALSE(row.source.empty()) << row.id;
  }
  EXPECT_TRUE(std::ranges::is_sorted(timeline(), {}, &Milestone::on));
}

TEST(Timeline, SaysWhichRuleTookThePlaceOfWhich) {
  const RuleSet set = current_rule_set();
  const auto begin = rules_that_begin(set, kAgeOfMajority18);
  const auto end = rules_that_end(set, kAgeOfMajority18);
  ASSERT_EQ(begin.size(), 1U);
  ASSERT_EQ(end.size(), 1U);
  EXPECT_EQ(begin[0]->id, "card_validity_under_18");
  EXPECT_EQ(end[0]->id, "card_validity_under_20");
}

TEST(Timeline, ShowsADayAsExactlyAsItIsKnown) {
  const auto when = [](std::string_view id) {
    return format_when(*std::ranges::find(timeline(), id, &Milestone::id));
  };
  EXPECT_EQ(when("use_abroad"), "2024-05-27");
  EXPECT_EQ(when("driving_licence"), "2025-03");
  EXPECT_EQ(when("next_card"), "FY2028");
}

}  // namespace
}  // namespace shomei::rules
