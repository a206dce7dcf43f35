#include "rules/rule_set.h"

#include <gtest/gtest.h>

#include <set>

#include "rules/days.h"
#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

std::optional<Finding> ten_birthdays(const Case& c) {
  return limits("ends_on_fifth_birthday", birthday_after(*c.facts.born, c.on, 10));
}

// A correction: from a later version on, another rule stands where birthday_limit stood.
std::vector<RuleEntry> with_a_correction(const Rule& corrected) {
  std::vector<RuleEntry> entries(rule_entries().begin(), rule_entries().end());
  for (auto& entry : entries)
    if (entry.rule == &kBirthdayLimit) entry.gone = "2999-01-01";
  entries.push_back({"until", &corrected, "2999-01-01"});
  return entries;
}

TEST(RuleSet, ACorrectionIsANewVersionAndTheOldOneStaysAsItWas) {
  const Rule corrected{.id = "birthday_limit_corrected",
                       .citation = "",
                       .since = kFirstCards,
                       .until = {},
                       .acts = {Verb::issue},
                       .reads = {Fact::born},
                       .apply = ten_birthdays};
  const auto entries = with_a_correction(corrected);
  const auto all = versions(entries);
  ASSERT_EQ(all.back(), "2999-01-01");
  const auto now = current_rule_set();
  EXPECT_EQ(rules_of_version(entries, now.version), std::vector(now.rules.begin(), now.rules.end()));

  Facts facts = ordinary_citizen();
  facts.card_valid_until = day("2099-01-01");
  const auto later_rules = rules_of_version(entries, "2999-01-01");
  const RuleSet later{"2999-01-01", later_rules, {}};
  const Act act{Verb::issue, Kind::signature, std::nullopt};
  EXPECT_EQ(outcome(decide(now, act, facts, day("2026-11-22"))), "2031-01-02");
  EXPECT_EQ(outcome(decide(later, act, facts, day("2026-11-22"))), "2036-01-02");
}

TEST(RuleSet, EveryVersionThatWasIsFound) {
  for (const auto version : versions(rule_entries())) {
    const auto found = find_rule_set(version, {});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->version, version);
    EXPECT_FALSE(found->rules.empty());
  }
  EXPECT_FALSE(find_rule_set("2026-11-22", {})) << "no such version was ever released";
  EXPECT_EQ(current_rule_set().version, versions(rule_entries()).back());
}

TEST(RuleSet, NoIdentifierStandsTwiceInAVersion) {
  for (const auto version : versions(rule_entries())) {
    std::set<std::string_view> seen;
    for (const Rule* rule : rules_of_version(rule_entries(), version))
      EXPECT_TRUE(seen.insert(rule->id).second) << version << " " << rule->id;
  }
}

}  // namespace
}  // namespace shomei::rules
