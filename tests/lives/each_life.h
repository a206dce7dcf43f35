// Every life: a property is a function over one random life, asked again and again. SHOMEI_LIVES says how
// often (each property, 100,000 at least; ./dev soak asks more than ./test). SHOMEI_LIVES_SEED moves the
// beginning.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "rules/decide.h"
#include "rules/lives/lives.h"

namespace shomei::rules {

inline constexpr int kLives = 300'000;

inline std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}
inline int lives_count() {
  return static_cast<int>(number_from_environment("SHOMEI_LIVES", kLives));
}

// Each property its own lives.
inline std::uint64_t seed_of_property() {
  std::uint64_t seed = number_from_environment("SHOMEI_LIVES_SEED", 0);
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

// Asks the property of lives until one does not hold.
template <class Property>
void for_each_life(Life (Lives::*draw)(), Property property) {
  const std::uint64_t seed = seed_of_property();
  Lives lives(seed);
  const int count = lives_count();
  for (int i = 0; i < count; ++i) {
    const Life life = (lives.*draw)();
    property(life);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "life " << i << " of seed " << seed << "\n"
                    << describe(decide(current_rule_set(), life.act, life.facts, life.on));
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
void for_each_granted(const RuleSet& set, Property property) {
  int granted = 0;
  for_each_life([&](const Life& life) {
    if (life.act.verb != Verb::issue && life.act.verb != Verb::renew) return;
    const Decision decision = decide(set, life.act, life.facts, life.on);
    if (!decision.granted()) return;
    ++granted;
    property(life, decision);
  });
  EXPECT_GT(granted, lives_count() / 5) << "too few were granted for the property to mean anything";
}

inline Date last_day_of(const Decision& decision) {
  return jst_date(*decision.not_after());
}

}  // namespace shomei::rules
