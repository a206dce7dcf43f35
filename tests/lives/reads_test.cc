// A rule says which facts it reads: every other fact may be anything, and it says the same.
#include <vector>

#include "each_life.h"

namespace shomei::rules {
namespace {

// The facts in a decision on which a rule looks, taken from one life, and all others from another.
Facts mixed(const FactSet& reads, const Facts& read, const Facts& other) {
  Facts facts = other;
  const auto take = [&](Fact fact, auto member) {
    if (reads.contains(fact)) facts.*member = read.*member;
  };
  take(Fact::born, &Facts::born);
  take(Fact::status, &Facts::status);
  take(Fact::period_of_stay_ends, &Facts::period_of_stay_ends);
  take(Fact::adult_ward, &Facts::adult_ward);
  take(Fact::died, &Facts::died);
  take(Fact::left_register, &Facts::left_register);
  take(Fact::moving_abroad, &Facts::moving_abroad);
  take(Fact::municipality, &Facts::municipality);
  take(Fact::registered_domicile, &Facts::registered_domicile);
  take(Fact::card_kind, &Facts::card_kind);
  take(Fact::card_state, &Facts::card_state);
  take(Fact::card_valid_until, &Facts::card_valid_until);
  take(Fact::certificates, &Facts::certificates);
  take(Fact::applicant, &Facts::applicant);
  take(Fact::proofs, &Facts::proofs);
  take(Fact::exception, &Facts::exception);
  take(Fact::reservation, &Facts::reservation_made_at);
  take(Fact::ground, &Facts::ground);
  take(Fact::reason, &Facts::stated_reason);
  take(Fact::event, &Facts::event);
  take(Fact::at, &Facts::at);
  take(Fact::authority, &Facts::authority_valid_until);
  take(Fact::authority, &Facts::authority_issues_until);
  return facts;
}

// The members of an office are read one by one; whether there is an office goes with its kind.
void mix_office(const FactSet& reads, const Facts& read, Facts& facts) {
  if (!reads.contains(Fact::office_kind)) return;
  const Office other = facts.office.value_or(Office{});
  facts.office = read.office;
  if (!facts.office) return;
  if (!reads.contains(Fact::office_municipality)) facts.office->municipality = other.municipality;
  if (!reads.contains(Fact::office_chain)) facts.office->chain = other.chain;
  if (!reads.contains(Fact::office_hours)) facts.office->hours = other.hours;
}

std::optional<Finding> said(const Rule& rule, const Life& life, const Facts& facts, const Settings& settings,
                            std::optional<Date> last_day) {
  return rule.apply({life.act, facts, settings, life.on, facts.at.value_or(first_second(life.on)), last_day});
}

// Asks each life of some of the rules that its act concerns, in force on the day or not.
constexpr int kOneOf = 6;

void expect_nothing_else_is_read(Life (Lives::*draw)()) {
  Chance chance(seed_of_property() + 1);
  Lives others(seed_of_property() + 2);
  for_each_life(draw, [&](const Life& life, const RuleSet& set) {
    const Facts other = (others.*draw)().facts;
    for (const Rule* rule : set.rules) {
      if (!rule->acts.contains(life.act.verb) || chance.below(kOneOf) != 0) continue;
      Facts facts = mixed(rule->reads, life.facts, other);
      mix_office(rule->reads, life.facts, facts);
      EXPECT_EQ(said(*rule, life, life.facts, set.settings, std::nullopt),
                said(*rule, life, facts, set.settings, std::nullopt))
          << rule->id;
    }
  });
}

TEST(WhatARuleReads, IsAllThatItLooksAt) {
  expect_nothing_else_is_read(&Lives::next);
}

TEST(WhatARuleReads, IsAllThatItLooksAtInWildLives) {
  expect_nothing_else_is_read(&Lives::wild);
}

TEST(WhatARuleReads, IsTheLastDaySoFarOfTheNextRenewalAlone) {
  for_each_life([](const Life& life, const RuleSet& set) {
    for (const Rule* rule : set.rules) {
      if (!rule->acts.contains(life.act.verb)) continue;
      const bool same = said(*rule, life, life.facts, set.settings, std::nullopt) ==
                        said(*rule, life, life.facts, set.settings, life.on);
      EXPECT_EQ(same, rule->id != "next_renewal") << rule->id;
    }
  });
}

// The other way round: what a rule names makes a difference to it, in some life.
class WhatMatters {
 public:
  explicit WhatMatters(std::uint64_t seed) : chance_(seed), matters_(set_.rules.size()) {}

  void ask(const Life& life, const Facts& other) {
    for (std::size_t i = 0; i < set_.rules.size(); ++i) {
      const Rule& rule = *set_.rules[i];
      const auto unseen = not_seen_to_matter(i);
      if (!rule.acts.contains(life.act.verb) || unseen.empty()) continue;
      const Fact fact = unseen[static_cast<std::size_t>(chance_.below(static_cast<int>(unseen.size())))];
      const Facts facts = with(fact, life.facts, other);
      if (said(rule, life, life.facts, set_.settings, {}) != said(rule, life, facts, set_.settings, {}))
        matters_[i] |= bit(fact);
    }
  }

  void expect_all() const {
    for (std::size_t i = 0; i < set_.rules.size(); ++i)
      for (const Fact fact : not_seen_to_matter(i))
        ADD_FAILURE() << set_.rules[i]->id << " never minds " << name(fact);
  }

 private:
  static std::uint32_t bit(Fact fact) { return 1U << static_cast<unsigned>(fact); }

  std::vector<Fact> not_seen_to_matter(std::size_t rule) const {
    std::vector<Fact> facts;
    for (int f = 0; f < kFacts; ++f) {
      const auto fact = static_cast<Fact>(f);
      if (set_.rules[rule]->reads.contains(fact) && !(matters_[rule] & bit(fact))) facts.push_back(fact);
    }
    return facts;
  }

  // One fact of the other life in the place of this one's.
  static Facts with(Fact fact, const Facts& facts, const Facts& other) {
    Facts changed = mixed(FactSet(fact), other, facts);
    if (fact == Fact::office_kind) changed.office = other.office;
    if (!changed.office || !other.office) return changed;
    if (fact == Fact::office_municipality) changed.office->municipality = other.office->municipality;
    if (fact == Fact::office_chain) changed.office->chain = other.office->chain;
    if (fact == Fact::office_hours) changed.office->hours = other.office->hours;
    return changed;
  }

  RuleSet set_ = current_rule_set();
  Chance chance_;
  std::vector<std::uint32_t> matters_;
};

TEST(WhatARuleReads, MakesADifferenceToIt) {
  WhatMatters what(seed_of_property() + 1);
  Lives others(seed_of_property() + 2);
  for_each_life([&](const Life& life) { what.ask(life, others.next().facts); });
  for_each_life(&Lives::wild, [&](const Life& life) { what.ask(life, others.wild().facts); });
  what.expect_all();
}

}  // namespace
}  // namespace shomei::rules
