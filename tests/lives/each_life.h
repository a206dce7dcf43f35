// Every life: a property is a function over one random life, asked again and again. SHOMEI_LIVES says how
// often (each property, 100,000 at least; ./dev soak asks more than ./test). SHOMEI_LIVES_SEED moves the
// beginning.
#pragma once

#include <gtest/gtest.h>

#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "rules/decide.h"
#include "rules/lives/lives.h"

namespace shomei::rules {

inline constexpr int kLives = 300'000;
inline constexpr int kLivesMin = 100'000;

// A property that is asked of nothing would hold: what cannot be read ends the program.
inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise, std::uint64_t least,
                                             std::uint64_t most) {
  const char* text = std::getenv(name);
  if (!text) return otherwise;
  const std::string_view digits = text;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
  if (error == std::errc{} && end == digits.end() && number >= least && number <= most) return number;
  std::fprintf(stderr, "%s is \"%s\": write a whole number from %llu to %llu, or leave it out\n", name, text,
               static_cast<unsigned long long>(least), static_cast<unsigned long long>(most));
  std::exit(2);
}
inline int lives_count() {
  return static_cast<int>(
      number_from_environment("SHOMEI_LIVES", kLives, kLivesMin, std::numeric_limits<int>::max()));
}
inline std::uint64_t lives_seed() {
  return number_from_environment("SHOMEI_LIVES_SEED", 0, 0, std::numeric_limits<std::uint64_t>::max());
}

// Each property its own lives.
inline std::uint64_t seed_of_property() {
  std::uint64_t seed = lives_seed();
  for (const char c : std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))
    seed = Chance(seed ^ static_cast<unsigned char>(c)).next();
  return seed;
}

// What a failed property shows of the case.
inline std::string describe(const Decision& decision) {
  std::string text = std::string(name(decision.act().verb)) + " ";
  if (decision.act().kind) text += std::string(name(*decision.act().kind)) + " ";
  text += format_date(decision.on()) + " " + std::string(name(decision.verdict()));
  for (const auto& [rule, finding] : decision.rules()) {
    text += "\n  " + std::string(rule->id) + ": " + std::string(finding.code);
    for (const auto& [key, value] : finding.values.all())
      text += " " + std::string(key) + "=" + format_value(value);
  }
  return text;
}

// The rules as they come for every other life, and as an operator may have set them for those between.
class RuleSets {
 public:
  explicit RuleSets(std::uint64_t seed) {
    Chance chance(seed);
    any_.reserve(kAny);
    for (std::size_t i = 0; i < kAny; ++i) any_.push_back(current_rule_set(any_settings(chance)));
  }
  const RuleSet& of_life(int i) const {
    return i % 2 == 0 ? usual_ : any_[static_cast<std::size_t>(i) / 2 % kAny];
  }

 private:
  static constexpr std::size_t kAny = 101;
  RuleSet usual_ = current_rule_set();
  std::vector<RuleSet> any_;
};

// Asks the property of lives, with the rule set of each when it wants one, until one does not hold.
template <class Property>
void for_each_life(Life (Lives::*draw)(), Property property) {
  const std::uint64_t seed = seed_of_property();
  Lives lives(seed);
  const RuleSets sets(seed);
  const int count = lives_count();
  for (int i = 0; i < count; ++i) {
    const Life life = (lives.*draw)();
    const RuleSet& set = sets.of_life(i);
    if constexpr (std::invocable<Property, const Life&, const RuleSet&>)
      property(life, set);
    else
      property(life);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "life " << i << " of seed " << seed << (i % 2 == 0 ? "" : ", with settings of its own")
                    << "\n"
                    << describe(decide(set, life.act, life.facts, life.on));
      return;
    }
  }
}
template <class Property>
void for_each_life(Property property) {
  for_each_life(&Lives::next, property);
}

// The same, of issues and renewals that are granted.
template <class Property>
void for_each_granted(Property property) {
  int granted = 0;
  for_each_life([&](const Life& life, const RuleSet& set) {
    if (life.act.verb != Verb::issue && life.act.verb != Verb::renew) return;
    const Decision decision = decide(set, life.act, life.facts, life.on);
    if (!decision.granted()) return;
    ++granted;
    if constexpr (std::invocable<Property, const Life&, const Decision&, const RuleSet&>)
      property(life, decision, set);
    else
      property(life, decision);
  });
  EXPECT_GT(granted, lives_count() / 5) << "too few were granted for the property to mean anything";
}

inline Date last_day_of(const Decision& decision) {
  return jst_date(*decision.not_after());
}

}  // namespace shomei::rules
