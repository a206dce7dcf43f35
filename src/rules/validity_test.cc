#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

TEST(Validity, UntilTheFifthBirthdayFromTheDateOfIssue_Seed) {
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, ordinary_citizen(), "2026-11-22")), "2031-01-02");
}

TEST(Validity, TheTestCardOfJpkiFacts22) {
  Facts facts = ordinary_citizen();
  facts.born = day("1980-02-17");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2025-10-27")), "2030-02-17");
}

TEST(Validity, ABirthdayOnTheDayOfIssueDoesNotCount) {
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, ordinary_citizen(), "2026-01-01")), "2030-01-02");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, ordinary_citizen(), "2026-01-02")), "2031-01-02");
}

TEST(Validity, ABirthdayOnALeapDayIsThe28thInACommonYear) {
  Facts facts = ordinary_citizen();
  facts.born = day("2000-02-29");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-02-27")), "2030-02-28");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-02-28")), "2031-02-28");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2024-02-28")), "2028-02-29");
}

TEST(Validity, TheLastMomentIs235959InJapan_JpkiFacts32) {
  const auto decision = issue_on(Kind::user_authentication, ordinary_citizen(), "2026-11-22");
  EXPECT_EQ(format_utc(*decision.not_after()), "2031-01-02T14:59:59Z");
  EXPECT_EQ(decision.not_before(), first_second(day("2026-11-22")));
}

TEST(Validity, EndsWithTheCard) {
  Facts facts = ordinary_citizen();
  facts.card_valid_until = day("2027-01-22");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "2027-01-22");
}

TEST(Validity, EndsWithThePeriodOfStayOfAForeignResident_Seed) {
  Facts facts = ordinary_citizen();
  facts.status = ResidenceStatus::other_foreign_resident;
  facts.period_of_stay_ends = day("2027-03-31");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "2027-03-31");
  facts.period_of_stay_ends = day("2026-11-21");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "period_of_stay_over");
  facts.period_of_stay_ends.reset();
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "period_of_stay_unknown");
}

TEST(Validity, APermanentResidentIsNotCappedByAStay_Seed) {
  for (auto status : {ResidenceStatus::permanent_resident, ResidenceStatus::special_permanent_resident,
                      ResidenceStatus::no_end_of_stay}) {
    Facts facts = ordinary_citizen();
    facts.status = status;
    EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "2031-01-02");
  }
}

TEST(Validity, ASignatureCertificateEndsWithTheAuthenticationCertificate) {
  Facts facts = ordinary_citizen();
  facts.authentication_valid_until = day("2030-06-30");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "2030-06-30");
  EXPECT_EQ(outcome(issue_on(Kind::user_authentication, facts, "2026-11-22")), "2031-01-02");
}

TEST(Validity, EndsWithTheAuthority) {
  Facts facts = ordinary_citizen();
  facts.authority_valid_until = day("2029-09-14");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2026-11-22")), "2029-09-14");
  EXPECT_EQ(outcome(issue_on(Kind::signature, facts, "2029-09-15")), "authority_over");
}

TEST(ValidityProperty, NoCertificateOutlivesACapOrTheFifthBirthday) {
  EXPECT_TRUE(rc::check([] {
    const auto some_day = [](int from_year, int to_year) {
      const auto first = std::chrono::sys_days{std::chrono::year{from_year} / 1 / 1};
      const auto last = std::chrono::sys_days{std::chrono::year{to_year} / 12 / 31};
      const auto offset = *rc::gen::inRange<int>(0, static_cast<int>((last - first).count()));
      return Date{first + std::chrono::days{offset}};
    };
    Facts facts = ordinary_citizen();
    facts.born = some_day(1920, 2011);
    facts.card_valid_until = some_day(2027, 2040);
    facts.authority_valid_until = some_day(2027, 2040);
    if (*rc::gen::arbitrary<bool>()) facts.authentication_valid_until = some_day(2027, 2040);
    const Date on = some_day(2026, 2026);
    const auto decision = decide(current_rule_set(), Issue{Kind::signature}, facts, last_second(on));
    RC_PRE(decision.granted());
    const Date end = jst_date(*decision.not_after());
    RC_ASSERT(end >= on);
    RC_ASSERT(end <= facts.card_valid_until);
    RC_ASSERT(end <= facts.authority_valid_until);
    if (facts.authentication_valid_until) RC_ASSERT(end <= *facts.authentication_valid_until);
    RC_ASSERT(end <= add_years(on, 5));
    const bool capped = end == facts.card_valid_until || end == facts.authority_valid_until ||
                        end == facts.authentication_valid_until;
    if (!capped) RC_ASSERT(end > add_years(on, 4));
  }));
}

}  // namespace
}  // namespace shomei::rules
