#include "app/measure_rules.h"

#include <gtest/gtest.h>

#include <numeric>

namespace shomei::app {
namespace {

constexpr int kCases = 4000;
constexpr std::chrono::seconds kNoLonger{0};  // than a round

TEST(MeasureRules, DecidesEveryCaseAndTheSameAgain) {
  const rules::RuleSet set = rules::current_rule_set();
  const auto once = measure_rules(set, 1, kNoLonger, kCases);
  EXPECT_EQ(once.decisions, kCases);
  EXPECT_TRUE(once.repeated);
  int cases = 0;
  for (const auto& verdicts : once.mix) {
    const int of_verb = std::accumulate(verdicts.begin(), verdicts.end(), 0);
    EXPECT_GT(of_verb, 0);
    cases += of_verb;
  }
  EXPECT_EQ(cases, kCases);
}

TEST(MeasureRules, HasAChecksumOfTheSeedAndTheRules) {
  const rules::RuleSet set = rules::current_rule_set();
  rules::RuleSet fewer = set;
  fewer.rules = set.rules.first(set.rules.size() - 1);
  const auto checksum = [](const rules::RuleSet& of, std::uint64_t seed) {
    return measure_rules(of, seed, kNoLonger, kCases).checksum;
  };
  EXPECT_EQ(checksum(set, 1), checksum(set, 1));
  EXPECT_NE(checksum(set, 1), checksum(set, 2));
  EXPECT_NE(checksum(set, 1), checksum(fewer, 1));
}

TEST(MeasureRules, OrdersItsFigures) {
  const auto found = measure_rules(rules::current_rule_set(), 1, kNoLonger, kCases);
  EXPECT_LE(found.per_core_second.min, found.per_core_second.median);
  EXPECT_LE(found.per_core_second.median, found.per_core_second.max);
  EXPECT_LE(found.latency.p50, found.latency.p90);
  EXPECT_LE(found.latency.p99, found.latency.p999);
  EXPECT_LE(found.latency.p999, found.latency.max);
  EXPECT_GT(found.latency.p50, 0);
}

}  // namespace
}  // namespace shomei::app
