// A certificate never outlives a cap, and a renewal loses nothing but what a cap takes. The caps are reckoned
// here once more, in the plainest way.
#include <algorithm>

#include "each_life.h"

namespace shomei::rules {
namespace {

// The n-th birthday after a day, by looking at one year after the other.
Date counted_birthday(Date born, Date after, int n) {
  for (auto y = after.year();; ++y) {
    Date birthday = y / born.month() / born.day();
    if (!birthday.ok()) birthday = y / 2 / 28;
    if (birthday > after && --n == 0) return birthday;
  }
}

// With the two months of the special period, where it is set and the extension must be pending.
std::optional<Date> end_of_stay(const Life& life, const RuleSet& set) {
  const auto& ends = life.facts.period_of_stay_ends;
  if (life.facts.status != ResidenceStatus::other_foreign_resident || !ends) return std::nullopt;
  const auto& special = set.settings.stay_special_period_since;
  return special && *special <= life.on && *ends < life.on ? add_months(*ends, 2) : *ends;
}

std::optional<Date> end_of_authentication(const Life& life) {
  for (const auto& c : life.facts.certificates)
    if (life.act.kind == Kind::signature && c.kind == Kind::user_authentication && c.not_after >= life.on &&
        c.state != CertificateState::revoked)
      return c.not_after;
  return std::nullopt;
}

// The certificate that is renewed.
std::optional<Date> end_of_old(const Life& life) {
  for (const auto& c : life.facts.certificates)
    if (life.act.verb == Verb::renew && c.kind == life.act.kind && c.not_after >= life.on &&
        c.state == CertificateState::valid)
      return c.not_after;
  return std::nullopt;
}

// The fifth birthday after the day of issue or the last day of the old certificate, or as the settings count.
Date end_by_birthdays(const Life& life, const RuleSet& set) {
  const auto old = end_of_old(life);
  const bool sixth = old && set.settings.renewal_counts_from == RenewalCount::day_of_renewal;
  return sixth ? counted_birthday(*life.facts.born, life.on, 6)
               : counted_birthday(*life.facts.born, old.value_or(life.on), 5);
}

TEST(Caps, NoCertificateOutlivesItsCard) {
  for_each_granted([](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), *life.facts.card_valid_until);
  });
}

TEST(Caps, NoCertificateOutlivesThePeriodOfStay) {
  for_each_granted([](const Life& life, const Decision& decision, const RuleSet& set) {
    EXPECT_LE(last_day_of(decision), end_of_stay(life, set).value_or(last_day_of(decision)));
  });
}

TEST(Caps, NoCertificateOutlivesItsAuthority) {
  for_each_granted([](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), life.facts.authority_valid_until.value_or(last_day_of(decision)));
    EXPECT_LE(life.on, life.facts.authority_issues_until.value_or(life.on));
  });
}

TEST(Caps, NoSignatureCertificateOutlivesTheOneForAuthentication) {
  for_each_granted([](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), end_of_authentication(life).value_or(last_day_of(decision)));
  });
}

TEST(Caps, NoCertificateOutlivesTheFifthBirthday) {
  for_each_granted([](const Life& life, const Decision& decision, const RuleSet& set) {
    EXPECT_LE(last_day_of(decision), end_by_birthdays(life, set));
  });
}

TEST(Caps, AreAllThatEndsACertificate) {
  for_each_granted([](const Life& life, const Decision& decision, const RuleSet& set) {
    Date least = end_by_birthdays(life, set);
    for (const auto& cap : {life.facts.card_valid_until, end_of_stay(life, set),
                            life.facts.authority_valid_until, end_of_authentication(life)})
      if (cap) least = std::min(least, *cap);
    EXPECT_EQ(last_day_of(decision), least);
    EXPECT_EQ(*decision.not_after(), last_second(least));
  });
}

TEST(Caps, ACertificateHoldsFromTheActToTheEndOfTheDayAtLeast) {
  for_each_granted([](const Life& life, const Decision& decision) {
    EXPECT_EQ(*decision.not_before(), life.facts.at.value_or(first_second(life.on)));
    EXPECT_LE(*decision.not_before(), *decision.not_after());
    EXPECT_LE(last_second(life.on), *decision.not_after());
  });
}

// However the birthdays of a renewal are counted.
TEST(Caps, ARenewalShortensNothingUnlessACapDoes) {
  int capped[2] = {0, 0};
  for_each_granted([&](const Life& life, const Decision& decision, const RuleSet& set) {
    const auto old = end_of_old(life);
    if (!old || last_day_of(decision) >= *old) return;
    ++capped[static_cast<std::size_t>(set.settings.renewal_counts_from)];
    const auto caps = {life.facts.card_valid_until, end_of_stay(life, set), life.facts.authority_valid_until,
                       end_of_authentication(life)};
    EXPECT_NE(std::ranges::find(caps, std::optional(last_day_of(decision))), caps.end());
  });
  for (const int count : capped) EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace shomei::rules
