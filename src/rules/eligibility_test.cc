#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

TEST(Eligibility, NoSignatureCertificateUnder15_Seed) {
  Facts facts = ordinary_citizen();
  facts.born = day("2011-12-01");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-30")), "signature_age_not_reached");
  EXPECT_TRUE(issue_on(Kind::signature, facts, "2026-12-01").granted()) << "15 from 00:00 of the birthday";
  EXPECT_TRUE(issue_on(Kind::user_authentication, facts, "2026-11-30").granted()) << "no age restriction";
}

TEST(Eligibility, TheLastSecondBeforeTheFifteenthBirthdayIsReckonedInJapan) {
  Facts facts = ordinary_citizen();
  facts.born = day("2011-12-01");
  const Instant birthday = first_second(day("2026-12-01"));
  const auto at = [&](Instant when) {
    return decide(current_rule_set(), Issue{Kind::signature}, facts, when).granted();
  };
  EXPECT_FALSE(at(birthday - std::chrono::seconds{1}));
  EXPECT_TRUE(at(birthday)) << "14:59:59 and 15:00:00 of the day before, in UTC";
}

TEST(Eligibility, WhoWasBornOnALeapDayIs15From1MarchInACommonYear) {
  Facts facts = ordinary_citizen();
  facts.born = day("2012-02-29");
  EXPECT_FALSE(issue_on(Kind::signature, facts, "2027-02-28").granted());
  EXPECT_TRUE(issue_on(Kind::signature, facts, "2027-03-01").granted());
}

TEST(Eligibility, NoSignatureCertificateForAdultWards_Seed) {
  Facts facts = ordinary_citizen();
  facts.adult_ward = true;
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "adult_ward_signs_nothing");
  EXPECT_TRUE(issue_on(Kind::user_authentication, facts, "2026-11-22").granted());
}

TEST(Eligibility, AValidCardIsNeeded_Seed) {
  for (auto state : {CardState::lost, CardState::suspended, CardState::returned, CardState::expired}) {
    Facts facts = ordinary_citizen();
    facts.card_state = state;
    EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "card_not_active");
  }
  Facts facts = ordinary_citizen();
  facts.card_valid_until = day("2026-11-21");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "card_out_of_date");
  EXPECT_TRUE(issue_on(Kind::user_authentication, facts, "2026-11-21").granted()) << "the last day counts";
}

TEST(Eligibility, AFaceAuthenticationCardSignsNothingSince20231215) {
  Facts facts = ordinary_citizen();
  facts.card_kind = CardKind::face_authentication;
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2023-12-15")),
            "face_authentication_card_signs_nothing");
  EXPECT_TRUE(issue_on(Kind::user_authentication, facts, "2023-12-15").granted());
}

TEST(Eligibility, OneValidCertificateOfAKind) {
  Facts facts = ordinary_citizen();
  facts.certificates = {{Kind::signature, CertificateState::valid, day("2030-01-02")}};
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "certificate_held_already");
  EXPECT_TRUE(issue_on(Kind::user_authentication, facts, "2026-11-22").granted());
  facts.certificates[0].state = CertificateState::revoked;
  EXPECT_TRUE(issue_on(Kind::signature, facts, "2026-11-22").granted());
  facts.certificates[0] = {Kind::signature, CertificateState::valid, day("2026-11-21")};
  EXPECT_TRUE(issue_on(Kind::signature, facts, "2026-11-22").granted()) << "it has run out";
}

TEST(Eligibility, TheDeadAndThoseWhoLeftGetNone) {
  Facts facts = ordinary_citizen();
  facts.died = day("2026-11-22");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "resident_not_in_register");
  facts.died.reset();
  facts.left_register = day("2026-11-22");
  EXPECT_FALSE(issue_on(Kind::signature, facts, "2026-11-22").granted());
}

TEST(Eligibility, ARefusalNamesItsRuleItsDayAndWhatWouldMakeItPass) {
  Facts facts = ordinary_citizen();
  facts.born = day("2011-12-01");
  const auto refusal = issue_on(Kind::signature, facts, "2026-11-22").refusal();
  EXPECT_EQ(refusal.parameter("rule_id"), "signature_age");
  EXPECT_EQ(refusal.parameter("since"), "2016-01-01");
  EXPECT_EQ(refusal.parameter("fifteenth_birthday"), "2026-12-01");
  EXPECT_EQ(refusal.parameter("would_pass_code"), "would_pass_from_fifteenth_birthday");
}

}  // namespace
}  // namespace shomei::rules
