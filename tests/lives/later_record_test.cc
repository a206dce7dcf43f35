// A law that changes later leaves every earlier record as it is, byte for byte.
#include "each_life.h"
#include "explain/decision_json.h"
#include "later_rules.h"

namespace shomei::rules {
namespace {

constexpr int kRecords = 2000;

void expect_earlier_records_the_same(const Rule& added, bool first) {
  const RuleSet today = current_rule_set();
  const auto rules = rules_with(added, first);
  const RuleSet tomorrow{today.version, rules, today.settings};
  Lives lives(seed_of_property());
  int different = 0;
  for (int i = 0; i < kRecords; ++i) {
    const auto [act, facts, on] = lives.next();
    const auto before = explain::encode_record(decide(today, act, facts, on));
    const auto after = explain::encode_record(decide(tomorrow, act, facts, on));
    if (on < kChange) {
      ASSERT_EQ(before, after);
    } else {
      different += before != after;
    }
  }
  EXPECT_GT(different, kRecords / 10);
}

TEST(ALaterRule, ThatLimitsLeavesEveryEarlierRecordAsItWas) {
  expect_earlier_records_the_same(kThreeYears, false);
}

TEST(ALaterRule, ThatRefusesLeavesEveryEarlierRecordAsItWas) {
  expect_earlier_records_the_same(kWithReservation, true);
}

}  // namespace
}  // namespace shomei::rules
