// What holds of every decision, whatever is asked: of plausible lives and of wild ones.
#include <algorithm>

#include "each_life.h"

namespace shomei::rules {
namespace {

template <class E>
std::ptrdiff_t effects(const Decision& decision) {
  return std::ranges::count_if(decision.rules(), [](const RuleOutcome& said) {
    return std::holds_alternative<E>(said.finding.effect);
  });
}

std::ptrdiff_t refusals(const Decision& decision) {
  return std::ranges::count_if(
      decision.rules(), [](const RuleOutcome& said) { return said.finding.outcome == Outcome::refuse; });
}

// Asks it of plausible lives, and then of wild ones.
template <class Property>
void for_each_decision(Property property) {
  const auto ask = [&](const Life& life, const RuleSet& set) {
    property(life, decide(set, life.act, life.facts, life.on));
  };
  for_each_life(ask);
  for_each_life(&Lives::wild, ask);
}

TEST(EveryDecision, IsRefusedIfAndOnlyIfARuleRefuses) {
  for_each_decision([](const Life&, const Decision& decision) {
    EXPECT_EQ(decision.verdict() == Verdict::refused, refusals(decision) > 0);
    EXPECT_EQ(decision.verdict() == Verdict::not_applicable,
              refusals(decision) == 0 && effects<NothingThere>(decision) > 0);
  });
}

TEST(EveryDecision, SaysWhatWouldMakeARefusalPassAndNothingOfTheKindElse) {
  for_each_decision([](const Life&, const Decision& decision) {
    for (const auto& [rule, finding] : decision.rules()) {
      EXPECT_FALSE(finding.code.empty()) << rule->id;
      EXPECT_EQ(finding.outcome == Outcome::refuse, !finding.would_pass_code.empty()) << rule->id;
      EXPECT_EQ(finding.outcome == Outcome::limit, std::holds_alternative<LastDay>(finding.effect))
          << rule->id;
    }
  });
}

TEST(EveryDecision, HasOneFeeFromOneRuleIfAndOnlyIfGranted) {
  for_each_decision([](const Life&, const Decision& decision) {
    EXPECT_EQ(decision.fee_yen().has_value(), decision.granted());
    if (!decision.granted()) return;
    EXPECT_EQ(effects<Fee>(decision), 1);
    EXPECT_GE(*decision.fee_yen(), 0);
  });
}

TEST(EveryDecision, HasItsDaysIfAndOnlyIfItMakesACertificate) {
  for_each_decision([](const Life& life, const Decision& decision) {
    const bool makes = decision.granted() && (life.act.verb == Verb::issue || life.act.verb == Verb::renew);
    EXPECT_EQ(decision.not_before().has_value(), makes);
    EXPECT_EQ(decision.not_after().has_value(), makes);
    if (makes) {
      EXPECT_TRUE(decision.renewable_from());
    }
  });
}

TEST(EveryDecision, EndsACertificateInForceOnceAndNoneWhenItIsNotGranted) {
  for_each_decision([](const Life& life, const Decision& decision) {
    if (!decision.granted()) {
      EXPECT_TRUE(decision.ends().empty());
      EXPECT_FALSE(decision.notice());
    }
    EXPECT_LE(decision.ends().size(), 2);
    if (decision.ends().size() == 2) {
      EXPECT_NE(decision.ends()[0].kind, decision.ends()[1].kind);
    }
    for (const auto& end : decision.ends()) {
      EXPECT_TRUE(in_force(life.facts, end.kind, life.on)) << name(end.kind);
      EXPECT_GE(end.from, decision.at());
      EXPECT_EQ(end.reason == Reason::certificateHold, life.act.verb == Verb::suspend) << name(end.reason);
    }
  });
}

TEST(EveryDecision, EndsNothingThatItIsNotAbout) {
  for_each_decision([](const Life& life, const Decision& decision) {
    for (const auto& end : decision.ends())
      EXPECT_TRUE(!life.act.kind || end.kind == *life.act.kind || life.act.verb == Verb::event);
  });
}

TEST(EveryDecision, IsTheSameWhenAskedAgain) {
  const auto ask = [&](const Life& life, const RuleSet& set) {
    const RuleSet again = current_rule_set(set.settings);
    const Facts copied = life.facts;
    EXPECT_EQ(decide(set, life.act, life.facts, life.on), decide(again, life.act, copied, life.on));
  };
  for_each_life(ask);
  for_each_life(&Lives::wild, ask);
}

TEST(EveryDecision, AsksTheRulesOfItsDayAndNoOthers) {
  for_each_decision([](const Life& life, const Decision& decision) {
    for (const auto& [rule, finding] : decision.rules()) {
      EXPECT_TRUE(rule->holds_on(life.on)) << rule->id;
      EXPECT_TRUE(rule->acts.contains(life.act.verb)) << rule->id;
    }
  });
}

TEST(AChangeOfAddress, NeverTouchesTheAuthenticationCertificate) {
  const Act event{Verb::event, std::nullopt, std::nullopt};
  int ended = 0;
  const auto move = [&](const Life& life, const RuleSet& set) {
    Facts facts = life.facts;
    facts.event = Event::moved;
    const Decision decision = decide(set, event, facts, life.on);
    for (const auto& end : decision.ends()) EXPECT_EQ(end.kind, Kind::signature);
    if (decision.granted()) {
      EXPECT_EQ(decision.ends().size(), in_force(facts, Kind::signature, life.on) ? 1U : 0U);
    }
    ended += !decision.ends().empty();
  };
  for_each_life(move);
  for_each_life(&Lives::wild, move);
  EXPECT_GT(ended, lives_count() / 5);
}

}  // namespace
}  // namespace shomei::rules
