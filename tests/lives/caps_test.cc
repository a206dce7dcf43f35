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

std::optional<Date> end_of_stay(const Facts& facts) {
  return facts.status == ResidenceStatus::other_foreign_resident ? facts.period_of_stay_ends : std::nullopt;
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

TEST(Caps, NoCertificateOutlivesItsCard) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), *life.facts.card_valid_until);
  });
}

TEST(Caps, NoCertificateOutlivesThePeriodOfStay) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), end_of_stay(life.facts).value_or(last_day_of(decision)));
  });
}

TEST(Caps, NoCertificateOutlivesItsAuthority) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), life.facts.authority_valid_until.value_or(last_day_of(decision)));
    EXPECT_LE(life.on, life.facts.authority_issues_until.value_or(life.on));
  });
}

TEST(Caps, NoSignatureCertificateOutlivesTheOneForAuthentication) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision), end_of_authentication(life).value_or(last_day_of(decision)));
  });
}

TEST(Caps, NoCertificateOutlivesTheFifthBirthday) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_LE(last_day_of(decision),
              counted_birthday(*life.facts.born, end_of_old(life).value_or(life.on), 5));
  });
}

TEST(Caps, AreAllThatEndsACertificate) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    Date least = counted_birthday(*life.facts.born, end_of_old(life).value_or(life.on), 5);
    for (const auto& cap : {life.facts.card_valid_until, end_of_stay(life.facts),
                            life.facts.authority_valid_until, end_of_authentication(life)})
      if (cap) least = std::min(least, *cap);
    EXPECT_EQ(last_day_of(decision), least);
    EXPECT_EQ(*decision.not_after(), last_second(least));
  });
}

TEST(Caps, ACertificateHoldsFromTheActToTheEndOfTheDayAtLeast) {
  for_each_granted(current_rule_set(), [](const Life& life, const Decision& decision) {
    EXPECT_EQ(*decision.not_before(), life.facts.at.value_or(first_second(life.on)));
    EXPECT_LE(*decision.not_before(), *decision.not_after());
    EXPECT_LE(last_second(life.on), *decision.not_after());
  });
}

void expect_nothing_lost(RenewalCount count) {
  Settings settings;
  settings.renewal_counts_from = count;
  int capped = 0;
  for_each_granted(current_rule_set(settings), [&](const Life& life, const Decision& decision) {
    const auto old = end_of_old(life);
    if (!old || last_day_of(decision) >= *old) return;
    ++capped;
    const auto caps = {life.facts.card_valid_until, end_of_stay(life.facts), life.facts.authority_valid_until,
                       end_of_authentication(life)};
    EXPECT_NE(std::ranges::find(caps, std::optional(last_day_of(decision))), caps.end());
  });
  EXPECT_GT(capped, 0);
}

TEST(Caps, ARenewalShortensNothingUnlessACapDoes) {
  expect_nothing_lost(RenewalCount::old_last_day);
}

TEST(Caps, ARenewalCountedFromItsDayShortensNothingUnlessACapDoes) {
  expect_nothing_lost(RenewalCount::day_of_renewal);
}

}  // namespace
}  // namespace shomei::rules
