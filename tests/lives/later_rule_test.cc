// A law that changes later changes no earlier decision: with a rule added, or one put in the place of
// another, from a day on, every decision of the days before is the same in every member.
#include <algorithm>

#include "each_life.h"
#include "later_rules.h"

namespace shomei::rules {
namespace {

void expect_earlier_the_same(const Rule& added, bool first) {
  const auto rules = rules_with(added, first);
  int same = 0, different = 0;
  for_each_life([&](const Life& life, const RuleSet& today) {
    const RuleSet tomorrow{today.version, rules, today.settings};
    const Decision before = decide(today, life.act, life.facts, life.on);
    const Decision after = decide(tomorrow, life.act, life.facts, life.on);
    if (life.on < kChange || !added.acts.contains(life.act.verb)) {
      ASSERT_EQ(before, after);
      ++same;
    } else {
      different += before != after;
    }
  });
  EXPECT_GT(same, lives_count() / 3);
  EXPECT_GT(different, lives_count() / 10);
}

TEST(ALaterRule, ThatLimitsLeavesEveryEarlierDecisionAsItWas) {
  expect_earlier_the_same(kThreeYears, false);
}

TEST(ALaterRule, ThatRefusesLeavesEveryEarlierDecisionAsItWas) {
  expect_earlier_the_same(kWithReservation, true);
}

// Two decisions by two copies of a rule: the same but for where the copy stands in memory.
bool same_but_for_copies(const Decision& a, const Decision& b) {
  return a.verdict() == b.verdict() && a.not_before() == b.not_before() && a.not_after() == b.not_after() &&
         a.renewable_from() == b.renewable_from() && a.fee_yen() == b.fee_yen() && a.ends() == b.ends() &&
         a.notice() == b.notice() &&
         std::ranges::equal(a.rules(), b.rules(), [](const RuleOutcome& x, const RuleOutcome& y) {
           return x.rule->id == y.rule->id && x.finding == y.finding;
         });
}

TEST(ALaterRule, InThePlaceOfAnotherLeavesEveryEarlierDecisionAsItWas) {
  Rule over = kBirthdayLimit;
  over.until = kChange;
  auto rules = rules_with(kThreeYears, false);
  std::ranges::replace(rules, &kBirthdayLimit, &over);
  int shorter = 0;
  for_each_life([&](const Life& life, const RuleSet& today) {
    const RuleSet tomorrow{"2028-04-01", rules, today.settings};
    const Decision before = decide(today, life.act, life.facts, life.on);
    const Decision after = decide(tomorrow, life.act, life.facts, life.on);
    if (life.on < kChange || life.act.verb != Verb::issue) {
      ASSERT_TRUE(same_but_for_copies(before, after));
    } else if (before.granted()) {
      ASSERT_TRUE(after.granted());
      EXPECT_LE(*after.not_after(), last_second(add_years(life.on, 3)));
      shorter += *after.not_after() < *before.not_after();
    }
  });
  EXPECT_GT(shorter, 0);
}

}  // namespace
}  // namespace shomei::rules
