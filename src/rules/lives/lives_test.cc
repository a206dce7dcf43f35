#include "rules/lives/lives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "rules/decide.h"

namespace shomei::rules {
namespace {

using testing::AllOf;
using testing::Gt;
using testing::Lt;

constexpr int kCount = 20000;

bool same(const Life& a, const Life& b) {
  return a.facts == b.facts && a.on == b.on && a.act.verb == b.act.verb && a.act.kind == b.act.kind &&
         a.act.register_pin == b.act.register_pin;
}

TEST(Lives, AreTheSameForTheSameSeed) {
  Lives one(7), again(7), other(8);
  int different = 0;
  for (int i = 0; i < 1000; ++i) {
    const Life life = one.next();
    ASSERT_TRUE(same(life, again.next())) << i;
    different += !same(life, other.next());
    ASSERT_TRUE(same(one.wild(), again.wild())) << i;
    other.wild();
  }
  EXPECT_GT(different, 990);
}

TEST(Lives, AreGrantedAThirdOfTheirIssuesAndRenewalsAtLeast) {
  Lives lives(1);
  const RuleSet set = current_rule_set();
  std::map<Verb, std::map<Verdict, int>> seen;
  for (int i = 0; i < kCount; ++i) {
    const Life life = lives.next();
    ++seen[life.act.verb][decide(set, life.act, life.facts, life.on).verdict()];
  }
  EXPECT_EQ(seen.size(), kVerbs);
  for (auto& [verb, verdicts] : seen) {
    const int all =
        verdicts[Verdict::granted] + verdicts[Verdict::refused] + verdicts[Verdict::not_applicable];
    EXPECT_GE(verdicts[Verdict::granted] * 100 / all, verb == Verb::restore ? 0 : 33) << name(verb);
    EXPECT_GE(verdicts[Verdict::refused] * 100 / all, 2) << name(verb);
  }
}

TEST(Lives, HearEveryRule) {
  Lives lives(2);
  const RuleSet set = current_rule_set();
  std::set<const Rule*> silent(set.rules.begin(), set.rules.end());
  for (int i = 0; i < kCount; ++i) {
    const Life life = lives.next();
    const Decision decision = decide(set, life.act, life.facts, life.on);
    for (const auto& said : decision.rules()) silent.erase(said.rule);
  }
  for (const Rule* rule : silent) ADD_FAILURE() << rule->id << " never has a say";
}

TEST(Lives, StandOnTheBoundariesAgainAndAgain) {
  Lives lives(3);
  std::map<std::string_view, int> seen;
  for (int i = 0; i < kCount; ++i) {
    const auto [act, facts, on] = lives.next();
    const auto day = [&](const std::optional<Date>& d, int days) { return d && *d == add_days(on, days); };
    const Date feb_29 = std::chrono::year{2024} / 2 / 29;
    seen["born on 29 February"] +=
        facts.born && facts.born->month() == feb_29.month() && facts.born->day() == feb_29.day();
    seen["last day of the card"] += day(facts.card_valid_until, 0);
    seen["day after the card"] += day(facts.card_valid_until, -1);
    seen["last day of the stay"] += day(facts.period_of_stay_ends, 0);
    seen["day of departure"] += facts.moving_abroad && facts.moving_abroad->planned == on;
    for (const auto& c : facts.certificates) {
      seen["last day of a certificate"] += c.not_after == on;
      seen["day after a certificate"] += add_days(c.not_after, 1) == on;
    }
    seen["before 2016"] += on < kFirstCards;
    seen["first second of a day"] += facts.at == first_second(on);
    seen["last second of a day"] += facts.at == last_second(on);
  }
  for (const auto& [what, times] : seen) EXPECT_THAT(times, AllOf(Gt(kCount / 1000), Lt(kCount / 2))) << what;
}

TEST(WildLives, HaveEveryEnumerator) {
  Lives lives(4);
  std::set<int> verbs, statuses, states, offices, grounds, events, standings;
  for (int i = 0; i < kCount; ++i) {
    const auto [act, facts, on] = lives.wild();
    verbs.insert(static_cast<int>(act.verb));
    if (facts.status) statuses.insert(static_cast<int>(*facts.status));
    states.insert(static_cast<int>(facts.card_state));
    if (facts.office) offices.insert(static_cast<int>(facts.office->kind));
    if (facts.ground) grounds.insert(static_cast<int>(*facts.ground));
    if (facts.event) events.insert(static_cast<int>(*facts.event));
    for (const auto& c : facts.certificates) standings.insert(static_cast<int>(standing(c, on)));
    for (const auto& day : {facts.born, facts.died, std::optional(on)}) ASSERT_TRUE(!day || day->ok());
  }
  EXPECT_EQ(verbs.size(), 11);
  EXPECT_EQ(statuses.size(), 5);
  EXPECT_EQ(states.size(), 5);
  EXPECT_EQ(offices.size(), 6);
  EXPECT_EQ(grounds.size(), 11);
  EXPECT_EQ(events.size(), 9);
  EXPECT_EQ(standings.size(), 4);
}

TEST(AnySettings, AreEveryOneThatAnOperatorCanSetAndNoOther) {
  Chance chance(5);
  std::set<Reason> reasons[6];
  std::set<RenewalCount> counts;
  std::set<bool> final_holds, weak_pins, special_periods, texts;
  for (int i = 0; i < 1000; ++i) {
    const Settings s = any_settings(chance);
    const Reason set[] = {s.death,         s.left_japan,      s.lost_status,
                          s.card_returned, s.recording_error, s.key_doubt};
    for (std::size_t r = 0; r < std::size(set); ++r) reasons[r].insert(set[r]);
    counts.insert(s.renewal_counts_from);
    final_holds.insert(s.hold_is_final);
    weak_pins.insert(s.weak_pins_refused);
    special_periods.insert(s.stay_special_period_since.has_value());
    texts.insert(s.overseas_address_ja == Settings{}.overseas_address_ja);
  }
  for (const auto& seen : reasons) {
    EXPECT_EQ(seen.size(), 6U);
    EXPECT_FALSE(seen.contains(Reason::certificateHold)) << "a hold is a suspension";
  }
  EXPECT_EQ(counts.size(), 2U);
  for (const auto* both : {&final_holds, &weak_pins, &special_periods, &texts}) EXPECT_EQ(both->size(), 2U);
}

}  // namespace
}  // namespace shomei::rules
