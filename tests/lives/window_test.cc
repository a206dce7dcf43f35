// The window of renewal is never empty: each of its days renews, and neither the day before nor the day
// after.
#include <algorithm>

#include "each_life.h"

namespace shomei::rules {
namespace {

// The facts of that life once it holds the certificate that was granted, on another day.
Facts holding(const Life& life, Date last_day) {
  Facts facts = life.facts;
  std::erase_if(facts.certificates, [&](const CertificateFacts& c) { return c.kind == life.act.kind; });
  facts.certificates.push_back({*life.act.kind, CertificateState::valid, last_day});
  facts.at.reset();
  return facts;
}

// What the rule on the window says to a renewal on that day; none before there were cards.
std::optional<Outcome> window_on(const RuleSet& set, const Life& life, const Facts& facts, Date on) {
  const Decision decision = decide(set, {Verb::renew, life.act.kind, {}}, facts, on);
  for (const auto& [rule, finding] : decision.rules())
    if (rule->id == "renewal_window") return finding.outcome;
  EXPECT_LT(on, kFirstCards);
  return std::nullopt;
}

TEST(RenewalWindow, IsNeverEmpty) {
  for_each_granted([](const Life&, const Decision& decision) {
    ASSERT_TRUE(decision.renewable_from());
    EXPECT_LE(*decision.renewable_from(), last_day_of(decision));
  });
}

TEST(RenewalWindow, IsOpenOnItsFirstAndLastDayAndClosedBesideThem) {
  for_each_granted([&](const Life& life, const Decision& decision, const RuleSet& set) {
    const Date first = *decision.renewable_from(), last = last_day_of(decision);
    const Facts facts = holding(life, last);
    if (first > kFirstCards) {
      EXPECT_EQ(window_on(set, life, facts, add_days(first, -1)), Outcome::refuse);
    }
    if (first >= kFirstCards) {
      EXPECT_EQ(window_on(set, life, facts, first), Outcome::pass);
    }
    EXPECT_EQ(window_on(set, life, facts, last), Outcome::pass);
    EXPECT_EQ(window_on(set, life, facts, add_days(last, 1)), Outcome::refuse);
  });
}

TEST(RenewalWindow, IsOpenOnEachOfItsDays) {
  int windows = 0;
  for_each_granted([&](const Life& life, const Decision& decision, const RuleSet& set) {
    if (++windows % 64 != 0) return;
    const Date last = last_day_of(decision);
    const Facts facts = holding(life, last);
    for (Date day = std::max(*decision.renewable_from(), kFirstCards); day <= last; day = add_days(day, 1))
      ASSERT_EQ(window_on(set, life, facts, day), Outcome::pass) << format_date(day);
  });
}

TEST(RenewalWindow, OfARenewalRefusedAsTooEarlyIsToldAndRenews) {
  int told = 0;
  for_each_life([&](const Life& life, const RuleSet& set) {
    if (life.act.verb != Verb::renew) return;
    const Decision decision = decide(set, life.act, life.facts, life.on);
    if (decision.granted() || !decision.renewable_from()) return;
    ++told;
    Facts later = life.facts;
    later.at.reset();
    ASSERT_GT(*decision.renewable_from(), life.on);
    EXPECT_EQ(window_on(set, life, later, *decision.renewable_from()), Outcome::pass);
    EXPECT_EQ(window_on(set, life, later, add_days(*decision.renewable_from(), -1)), Outcome::refuse);
  });
  EXPECT_GT(told, 0);
}

}  // namespace
}  // namespace shomei::rules
