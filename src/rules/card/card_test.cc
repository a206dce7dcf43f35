#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

std::string card_until(const Facts& facts, std::string_view on) {
  const auto decision = replace_card(facts, Ground::lost, on);
  for (const auto& [rule, finding] : decision.rules())
    if (finding.code == "card_until" || finding.code == "card_of_minor_until")
      return format_value(finding.values.all()[0].value);
  return outcome(decision);
}

TEST(SeedExpirationDate, TheDateOnTheCardIsTheCardsAndNotTheCertificates) {
  EXPECT_EQ(card_until(ordinary_citizen(), "2026-11-22"), "2036-01-02");
  EXPECT_EQ(outcome(issue(kSignature, ordinary_citizen())), "2031-01-02");
}

TEST(JpkiFacts32, ACardHoldsTenYearsAndFiveForMinors) {
  EXPECT_EQ(card_until(ordinary_citizen(), "2026-01-01"), "2035-01-02") << "the tenth birthday";
  EXPECT_EQ(card_until(ordinary_citizen(), "2026-01-02"), "2036-01-02");
  EXPECT_EQ(card_until(child_born("2015-06-01"), "2026-11-22"), "2031-06-01");
}

TEST(RulesCard, MinorsAreUnder18ByAgeAtTheApplication) {
  EXPECT_EQ(card_until(child_born("2008-11-23"), "2026-11-22"), "2030-11-23");
  EXPECT_EQ(card_until(child_born("2008-11-22"), "2026-11-22"), "2036-11-22");
}

TEST(RulesCard, MinorsWereUnder20Before20220401) {
  for (const auto& [born, before, from] :
       {std::tuple{"2003-05-01", "2026-05-01", "2031-05-01"},     // 18 years old
        std::tuple{"2002-04-02", "2026-04-02", "2031-04-02"},     // 19, 20 on the 2nd
        std::tuple{"2002-03-31", "2032-03-31", "2032-03-31"}}) {  // 20 on the day before
    const Facts facts = child_born(born);
    EXPECT_EQ(card_until(facts, "2022-03-31"), before) << born;
    EXPECT_EQ(card_until(facts, "2022-04-01"), from) << born;
  }
}

TEST(RulesCard, AChildOf29FebruaryIsOfAgeFrom1MarchInACommonYear) {
  EXPECT_EQ(card_until(child_born("2008-02-29"), "2026-02-28"), "2031-02-28");
  EXPECT_EQ(card_until(child_born("2008-02-29"), "2026-03-01"), "2036-02-29");
}

TEST(RulesCard, AForeignResidentsCardEndsWithTheStay) {
  EXPECT_EQ(card_until(foreign_resident("2028-03-31"), "2026-11-22"), "2028-03-31");
}

}  // namespace
}  // namespace shomei::rules
