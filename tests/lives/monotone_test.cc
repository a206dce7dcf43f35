// Whoever has more time left gets no less: a later cap makes no last day earlier and refuses nothing that was
// granted. Not so where the special period of a stay is set: a stay that ended yesterday counts two months
// longer then, and one that ends today does not.
#include "each_life.h"

namespace shomei::rules {
namespace {

enum class Cap { card, stay, authority, authority_issues, authentication };

void put_off(std::optional<Date>& day, int days) {
  if (day) day = add_days(*day, days);
}

// The caps that the day has not passed alone: a later end of what has ended already would bring it back.
void put_off_authentication(Life& life, int days) {
  if (life.act.kind != Kind::signature) return;
  for (auto& c : life.facts.certificates)
    if (c.kind == Kind::user_authentication && c.not_after >= life.on)
      c.not_after = add_days(c.not_after, days);
}

Life with_later(Life life, Cap cap, int days) {
  Facts& facts = life.facts;
  switch (cap) {
    case Cap::card:
      put_off(facts.card_valid_until, days);
      break;
    case Cap::stay:
      put_off(facts.period_of_stay_ends, days);
      break;
    case Cap::authority:
      put_off(facts.authority_valid_until, days);
      break;
    case Cap::authority_issues:
      put_off(facts.authority_issues_until, days);
      break;
    case Cap::authentication:
      put_off_authentication(life, days);
      break;
  }
  return life;
}

void expect_no_less(Cap cap) {
  Chance chance(seed_of_property());
  int longer = 0, granted_now = 0;
  for_each_life([&](const Life& life, const RuleSet& set) {
    if (life.act.verb != Verb::issue && life.act.verb != Verb::renew) return;
    if (cap == Cap::stay && set.settings.stay_special_period_since) return;
    const Decision before = decide(set, life.act, life.facts, life.on);
    const Life later = with_later(life, cap, chance.percent(50) ? 1 : chance.between(1, 3000));
    const Decision after = decide(set, later.act, later.facts, later.on);
    if (before.granted()) {
      ASSERT_TRUE(after.granted()) << describe(after);
      EXPECT_GE(*after.not_after(), *before.not_after()) << describe(after);
      longer += *after.not_after() > *before.not_after();
    } else {
      granted_now += after.granted();
    }
  });
  if (cap != Cap::authority_issues) {
    EXPECT_GT(longer, 0);
  }
  if (cap != Cap::authentication) {
    EXPECT_GT(granted_now, 0);
  }
}

TEST(MoreTimeLeft, OnTheCardGivesNoLess) {
  expect_no_less(Cap::card);
}
TEST(MoreTimeLeft, OfThePeriodOfStayGivesNoLess) {
  expect_no_less(Cap::stay);
}
TEST(MoreTimeLeft, OfTheAuthorityGivesNoLess) {
  expect_no_less(Cap::authority);
}
TEST(MoreTimeLeft, OfTheAuthorityForIssuingGivesNoLess) {
  expect_no_less(Cap::authority_issues);
}
TEST(MoreTimeLeft, OfTheAuthenticationCertificateGivesNoLess) {
  expect_no_less(Cap::authentication);
}

TEST(MoreTimeLeft, WithNoAuthorityInSightGivesNoLess) {
  for_each_granted([&](const Life& life, const Decision& before, const RuleSet& set) {
    Facts facts = life.facts;
    facts.authority_valid_until.reset();
    facts.authority_issues_until.reset();
    const Decision after = decide(set, life.act, facts, life.on);
    ASSERT_TRUE(after.granted());
    EXPECT_GE(*after.not_after(), *before.not_after());
  });
}

}  // namespace
}  // namespace shomei::rules
