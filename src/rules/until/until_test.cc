#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rules/days.h"
#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

Facts born_on(std::string_view born) {
  Facts facts = ordinary_citizen();
  facts.born = day(born);
  return facts;
}

TEST(SeedExpirationDate, UntilTheFifthBirthdayFromTheDateOfIssue) {
  for (const Kind kind : {kSignature, kAuthentication})
    EXPECT_EQ(outcome(issue(kind, ordinary_citizen())), "2031-01-02");
}

TEST(SeedExpirationDate, TheCardsOwnExpirationDateIsNotTheCertificates) {
  Facts facts = ordinary_citizen();
  facts.card_valid_until = day("2036-01-02");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2031-01-02");
}

TEST(SeedExpirationDate, ForForeignersUntilTheEndOfAPeriodOfStayBeforeTheFifthBirthday) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    EXPECT_EQ(outcome(issue(kind, foreign_resident("2027-03-31"))), "2027-03-31");
    EXPECT_EQ(outcome(issue(kind, foreign_resident("2031-01-01"))), "2031-01-01");
    EXPECT_EQ(outcome(issue(kind, foreign_resident("2031-01-02"))), "2031-01-02");
    EXPECT_EQ(outcome(issue(kind, foreign_resident("2031-01-03"))), "2031-01-02");
  }
}

TEST(SeedExpirationDate, PermanentAndSpecialPermanentResidentsAreNotCappedByAStay) {
  for (auto status : {ResidenceStatus::permanent_resident, ResidenceStatus::special_permanent_resident}) {
    Facts facts = ordinary_citizen();
    facts.status = status;
    for (const Kind kind : {kSignature, kAuthentication})
      EXPECT_EQ(outcome(issue(kind, facts)), "2031-01-02");
  }
}

TEST(JpkiFacts32, NotBeforeIsTheMomentOfIssue) {
  Facts facts = ordinary_citizen();
  facts.at = moment("2026-11-22T10:00:00+09:00");
  EXPECT_EQ(issue(kSignature, facts).not_before(), facts.at);
  facts.at.reset();
  EXPECT_EQ(issue(kSignature, facts).not_before(), first_second(day("2026-11-22")));
}

TEST(JpkiFacts32, TheFifthBirthdayIsStrictlyAfterTheDateOfIssue) {
  EXPECT_EQ(outcome(issue(kAuthentication, ordinary_citizen(), "2026-01-01")), "2030-01-02");
  EXPECT_EQ(outcome(issue(kAuthentication, ordinary_citizen(), "2026-01-02")), "2031-01-02");
  EXPECT_EQ(outcome(issue(kAuthentication, ordinary_citizen(), "2026-01-03")), "2031-01-02");
}

TEST(JpkiFacts32, EndsWithTheCard) {
  Facts facts = ordinary_citizen();
  for (const auto* last_day : {"2026-11-22", "2027-01-22", "2031-01-01", "2031-01-02"}) {
    facts.card_valid_until = day(last_day);
    for (const Kind kind : {kSignature, kAuthentication}) EXPECT_EQ(outcome(issue(kind, facts)), last_day);
  }
}

TEST(JpkiFacts32, TheSignatureCertificateEndsWithTheAuthenticationCertificate) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kAuthentication, "2030-06-30")};
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2030-06-30");
  facts.certificates = {certificate(kAuthentication, "2031-01-02")};
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2031-01-02");
}

TEST(JpkiFacts32, TheAuthenticationCertificateDoesNotEndWithTheSignatureCertificate) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kSignature, "2028-01-02")};
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "2031-01-02");
}

TEST(JpkiFacts32, EndsWithThePeriodOfStay) {
  EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2026-11-22"))), "2026-11-22");
  EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2026-11-21"))), "period_of_stay_over");
}

TEST(JpkiFacts32, NotAfterIs235959InJapan) {
  const auto decision = issue(kAuthentication, ordinary_citizen());
  EXPECT_EQ(format_utc(*decision.not_after()), "2031-01-02T14:59:59Z");
  EXPECT_EQ(format_jst(*decision.not_after()), "2031-01-02T23:59:59+09:00");
}

TEST(JpkiFacts32, TheSoonestOfAllCapsCounts) {
  Facts facts = foreign_resident("2030-01-01");
  facts.certificates = {certificate(kAuthentication, "2029-12-31")};
  facts.card_valid_until = day("2029-12-30");
  facts.authority_valid_until = day("2029-12-29");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2029-12-29");
  facts.authority_valid_until.reset();
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2029-12-30");
  facts.card_valid_until = day("2036-01-02");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2029-12-31");
  EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2030-01-01"))), "2030-01-01");
}

TEST(JpkiFacts32, RenewalInTheWindowLosesNothing) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kAuthentication, "2027-01-02")};
  for (const auto* on : {"2026-10-02", "2026-11-22", "2027-01-01", "2027-01-02"})
    EXPECT_EQ(outcome(renew(kAuthentication, facts, on)), "2032-01-02") << on;
}

TEST(JpkiFacts32, TheSixthBirthdayAfterTheRenewalIsASetting) {
  Settings settings;
  settings.renewal_counts_from = RenewalCount::day_of_renewal;
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kAuthentication, "2027-01-02")};
  for (const auto* on : {"2026-10-02", "2027-01-01"})
    EXPECT_EQ(outcome(renew(kAuthentication, facts, on, settings)), "2032-01-02") << "as by the default";
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-01-02", settings)), "2033-01-02")
      << "on the last day the two differ";
  facts.certificates = {certificate(kAuthentication, "2027-03-31")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-01-01", settings)), "2032-01-02");
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-01-03", settings)), "2033-01-02")
      << "and for an old end that is no birthday";
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-01-03")), "2032-01-02");
}

TEST(JpkiFacts22, TheTestCardEndsOnItsHoldersFifthBirthday) {
  EXPECT_EQ(outcome(issue(kAuthentication, born_on("1980-02-17"), "2025-10-27")), "2030-02-17");
}

TEST(RulesUntil, ARenewalStandsUnderTheSameCaps) {
  Facts facts = foreign_resident("2029-03-31");
  facts.certificates = {certificate(kAuthentication, "2027-01-02")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "2029-03-31");
  facts.card_valid_until = day("2028-12-31");
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "2028-12-31");
  facts.authority_valid_until = day("2028-12-30");
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "2028-12-30");
  facts.certificates.push_back(certificate(kSignature, "2027-01-02"));
  EXPECT_EQ(outcome(renew(kSignature, facts)), "2027-01-02") << "before authentication is renewed";
  facts.certificates[0] = certificate(kAuthentication, "2028-12-30");
  EXPECT_EQ(outcome(renew(kSignature, facts)), "2028-12-30") << "after";
}

TEST(RulesUntil, ARenewedCertificateThatEndedWithTheStayRunsFromItsOldEnd) {
  Facts facts = foreign_resident("2035-01-01");
  facts.certificates = {certificate(kAuthentication, "2027-01-01")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "2031-01-02");
  facts.certificates = {certificate(kAuthentication, "2027-01-03")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "2032-01-02");
}

TEST(RulesUntil, StatusesWithoutAnEndOfStayAreNotCapped) {
  Facts facts = ordinary_citizen();
  facts.status = ResidenceStatus::no_end_of_stay;
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2031-01-02");
}

TEST(RulesUntil, AnExtendedStayDoesNotLengthenACertificateButMakesANewIssuePossible) {
  Facts facts = foreign_resident("2029-03-31");
  facts.certificates = {certificate(kAuthentication, "2027-03-31")};
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "certificate_held_already");
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "renewal_too_early");
  facts.ground = Ground::reissue;
  const auto decision = issue(kAuthentication, facts);
  EXPECT_EQ(outcome(decision), "2029-03-31");
  EXPECT_EQ(ends_of(decision), "user_authentication from 2026-11-22T00:00:00+09:00 superseded");
}

TEST(RulesUntil, TheSpecialPeriodWhileAnExtensionIsPendingIsADatedSetting) {
  const Facts facts = foreign_resident("2026-11-21");
  Settings settings;
  EXPECT_EQ(outcome(issue(kSignature, facts, kOrdinaryDay, settings)), "period_of_stay_over");
  settings.stay_special_period_since = day("2026-11-23");
  EXPECT_EQ(outcome(issue(kSignature, facts, kOrdinaryDay, settings)), "period_of_stay_over");
  settings.stay_special_period_since = day("2026-11-22");
  EXPECT_EQ(outcome(issue(kSignature, facts, kOrdinaryDay, settings)), "2027-01-21");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2027-01-21", settings)), "2027-01-21");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2027-01-22", settings)), "period_of_stay_over");
}

TEST(RulesUntil, TwoMonthsAfterAMonthEndAreTheMonthsEnd) {
  Settings settings;
  settings.stay_special_period_since = day("2020-01-01");
  EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2026-12-31"), "2027-01-10", settings)), "2027-02-28");
  EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2027-12-31"), "2028-01-10", settings)), "2028-02-29");
}

TEST(RulesUntil, EndsWithTheAuthorityWhichStopsIssuingInTime) {
  Facts facts = ordinary_citizen();
  facts.authority_valid_until = day("2029-09-14");
  facts.authority_issues_until = day("2026-11-22");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "2029-09-14");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-11-23")), "authority_stopped_issuing");
  facts.authority_issues_until.reset();
  EXPECT_EQ(outcome(issue(kSignature, facts, "2029-09-14")), "2029-09-14");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2029-09-15")), "authority_over");
}

TEST(RulesUntil, ABirthdayOn29FebruaryIsThe28thInACommonYear) {
  const Facts facts = born_on("2000-02-29");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-02-27")), "2030-02-28");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-02-28")), "2031-02-28");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2024-02-28")), "2028-02-29");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2024-02-29")), "2029-02-28");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-03-01")), "2031-02-28");
}

TEST(RulesUntil, ARenewalOf29FebruaryComesBackToTheLeapDay) {
  Facts facts = born_on("2000-02-29");
  facts.certificates = {certificate(kAuthentication, "2027-02-28")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-02-28")), "2032-02-29");
  facts.certificates = {certificate(kAuthentication, "2028-02-29")};
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2028-02-29")), "2033-02-28");
}

TEST(RulesUntil, BirthdaysAtTheTurnOfYearAndMonth) {
  EXPECT_EQ(outcome(issue(kSignature, born_on("1990-12-31"), "2026-12-30")), "2030-12-31");
  EXPECT_EQ(outcome(issue(kSignature, born_on("1990-12-31"), "2026-12-31")), "2031-12-31");
  EXPECT_EQ(outcome(issue(kSignature, born_on("1990-01-01"), "2026-12-31")), "2031-01-01");
  EXPECT_EQ(outcome(issue(kSignature, born_on("1990-02-28"), "2024-02-28")), "2029-02-28");
  EXPECT_EQ(outcome(issue(kSignature, born_on("1990-03-01"), "2024-02-29")), "2028-03-01");
}

TEST(RulesUntil, TheDayOfIssueIsTheDayInJapan) {
  Facts facts = ordinary_citizen();
  facts.at = moment("2026-01-01T14:59:59Z");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-01-01")), "2030-01-02");
  facts.at = moment("2026-01-01T15:00:00Z");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-01-02")), "2031-01-02");
}

TEST(RulesUntil, WhatIsNotIssuedHasNoDates) {
  const auto decision = issue(kSignature, child_born("2015-01-01"));
  EXPECT_FALSE(decision.not_before());
  EXPECT_FALSE(decision.not_after());
  EXPECT_FALSE(decision.renewable_from());
  EXPECT_FALSE(decision.fee_yen());
}

TEST(RulesUntilProperty, TheFifthBirthdayIsAsCountedDayByDay) {
  EXPECT_TRUE(rc::check([] {
    const auto some_day = [](int from_year, int years) {
      const std::chrono::sys_days first{std::chrono::year{from_year} / 1 / 1};
      return Date{first + std::chrono::days{*rc::gen::inRange(0, years * 365)}};
    };
    Facts facts = ordinary_citizen();
    facts.born = *rc::gen::arbitrary<bool>() ? some_day(1920, 90) : Date{day("2004-02-29")};
    facts.card_valid_until = day("2099-12-31");
    const Date on = some_day(2026, 40);
    // Another way than the rule's: walk and count.
    int birthdays = 0;
    Date walked = on;
    while (birthdays < 5) {
      walked = add_days(walked, 1);
      const bool stands_in = facts.born->month() == std::chrono::February &&
                             facts.born->day() == std::chrono::day{29} && !walked.year().is_leap() &&
                             walked.month() == std::chrono::February && walked.day() == std::chrono::day{28};
      birthdays += stands_in || (walked.month() == facts.born->month() && walked.day() == facts.born->day());
    }
    RC_ASSERT(outcome(issue(kAuthentication, facts, format_date(on))) == format_date(walked));
  }));
}

}  // namespace
}  // namespace shomei::rules
