#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

Facts with_certificate_until(std::string_view last_day, Kind kind = kAuthentication) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kind, last_day)};
  return facts;
}

// The day before is too early, and names the first day.
void expect_opens(std::string_view last_day, std::string_view opens) {
  const Facts facts = with_certificate_until(last_day);
  const auto day_before = format_date(add_days(day(opens), -1));
  const auto too_early = renew(kAuthentication, facts, day_before);
  EXPECT_EQ(outcome(too_early), "renewal_too_early") << last_day;
  EXPECT_EQ(too_early.renewable_from(), day(opens)) << last_day;
  EXPECT_EQ(too_early.refusal().parameter("from"), opens);
  EXPECT_TRUE(renew(kAuthentication, facts, opens).granted()) << last_day;
}

TEST(SeedUpdate, RenewalIsPossibleFromThreeMonthsBeforeTheExpirationDate) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    const Facts facts = with_certificate_until("2027-01-02", kind);
    EXPECT_EQ(outcome(renew(kind, facts, "2026-10-01")), "renewal_too_early");
    EXPECT_EQ(outcome(renew(kind, facts, "2026-10-02")), "2032-01-02");
    EXPECT_EQ(outcome(renew(kind, facts, "2027-01-02")), "2032-01-02");
  }
}

TEST(JpkiFacts33, TheWindowOpensThreeMonthsBeforeExpiryNotTheDayAfter) {
  expect_opens("2027-01-02", "2026-10-02");
}

TEST(JpkiFacts33, AfterExpiryThereIsANewIssueAtTheSameCounterStillFree) {
  const Facts facts = with_certificate_until("2027-01-02");
  const auto refused = renew(kAuthentication, facts, "2027-01-03");
  EXPECT_EQ(outcome(refused), "certificate_expired");
  EXPECT_EQ(refused.refusal().parameter("would_pass_code"), "would_pass_as_issue");
  const auto issued = issue(kAuthentication, facts, "2027-01-03");
  EXPECT_EQ(outcome(issued), "2032-01-02");
  EXPECT_EQ(issued.fee_yen(), 0);
}

TEST(JpkiFacts33, TheNoticeIsSentTwoToThreeMonthsBefore) {
  const auto decision = notice(with_certificate_until("2027-01-31"));
  ASSERT_TRUE(decision.granted());
  ASSERT_TRUE(decision.notice());
  EXPECT_EQ(decision.notice()->send_from, day("2026-10-31"));
  EXPECT_EQ(decision.notice()->send_until, day("2026-11-30"));
  EXPECT_EQ(decision.notice()->to, "holder");
}

TEST(JpkiFacts33, WithAnUnknownPinTheHolderShowsDocuments) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.proofs = {};
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "identity_not_proved");
  facts.proofs = shown(Proof::document_b, Proof::document_b);
  EXPECT_TRUE(renew(kAuthentication, facts).granted());
}

TEST(JpkiFacts33, AProxyRenewsOnTheSameDayWithTheSealedAnswerSheet) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.applicant = Applicant::voluntary_agent;
  facts.proofs = shown(Proof::answer_sheet, Proof::document_a);
  const auto decision = renew(kAuthentication, facts);
  EXPECT_TRUE(decision.granted());
  EXPECT_EQ(said_by(decision, "proof_of_agent"), "agent_with_answer_sheet");
}

TEST(JpkiFacts33, TheOldCertificateEndsAsSuperseded) {
  Facts facts = with_both_certificates();
  facts.at = moment("2030-12-01T10:00:00+09:00");
  EXPECT_EQ(ends_of(renew(kSignature, facts, "2030-12-01")),
            "signature from 2030-12-01T10:00:00+09:00 superseded");
  EXPECT_EQ(ends_of(renew(kAuthentication, facts, "2030-12-01")),
            "user_authentication from 2030-12-01T10:00:00+09:00 superseded");
}

TEST(JpkiFacts33, WhoKeysOnTheSerialNumberSeesTheOldAuthenticationCertificateEnd) {
  EXPECT_EQ(kinds_ended(renew(kAuthentication, with_both_certificates(), "2030-12-01")),
            "user_authentication");
}

TEST(RulesRenewal, TheSameDayOfTheMonthOrTheMonthsLastDay) {
  expect_opens("2027-05-31", "2027-02-28");
  expect_opens("2028-05-31", "2028-02-29");
  expect_opens("2028-05-30", "2028-02-29");
  expect_opens("2027-05-29", "2027-02-28");
  expect_opens("2027-05-28", "2027-02-28");
  expect_opens("2028-05-29", "2028-02-29");
  expect_opens("2028-02-29", "2027-11-29");
  expect_opens("2027-02-28", "2026-11-28");
  expect_opens("2027-07-31", "2027-04-30");
  expect_opens("2027-12-31", "2027-09-30");
  expect_opens("2027-03-31", "2026-12-31");
  expect_opens("2027-01-31", "2026-10-31");
}

TEST(RulesRenewal, OnItsLastSecondInJapanACertificateIsStillRenewed) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.at = moment("2027-01-02T14:59:59Z");
  EXPECT_TRUE(renew(kAuthentication, facts, "2027-01-02").granted());
  facts.at = moment("2027-01-02T15:00:00Z");
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2027-01-03")), "certificate_expired");
}

TEST(RulesRenewal, TheWindowOpensAtMidnightInJapan) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.at = moment("2026-10-01T14:59:59Z");
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2026-10-01")), "renewal_too_early");
  facts.at = moment("2026-10-01T15:00:00Z");
  EXPECT_TRUE(renew(kAuthentication, facts, "2026-10-02").granted());
}

TEST(RulesRenewal, WithoutACertificateThereIsNothingToRenew) {
  EXPECT_EQ(renew(kSignature, ordinary_citizen()).verdict(), Verdict::not_applicable);
  EXPECT_EQ(renew(kSignature, with_certificate_until("2027-01-02", kAuthentication)).verdict(),
            Verdict::not_applicable);
  Facts facts = with_certificate_until("2027-01-02", kSignature);
  facts.certificates[0].state = CertificateState::revoked;
  EXPECT_EQ(renew(kSignature, facts).verdict(), Verdict::not_applicable);
}

TEST(RulesRenewal, ASuspendedCertificateIsNotRenewed) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.certificates[0].state = CertificateState::suspended;
  EXPECT_EQ(outcome(renew(kAuthentication, facts)), "certificate_suspended");
}

TEST(RulesRenewal, ARefusedRenewalEndsNothing) {
  Facts facts = with_both_certificates();
  facts.certificates[1].not_after = day("2030-12-31");
  facts.proofs = {};
  const auto decision = renew(kSignature, facts, "2030-12-01");
  EXPECT_FALSE(decision.granted());
  EXPECT_TRUE(decision.ends().empty());
}

TEST(RulesRenewal, TheNewCertificateSaysFromWhenItIsRenewed) {
  EXPECT_EQ(renew(kAuthentication, with_certificate_until("2027-01-02")).renewable_from(), day("2031-10-02"));
  EXPECT_EQ(issue(kAuthentication, ordinary_citizen()).renewable_from(), day("2030-10-02"));
}

TEST(RulesNotice, MonthEndsOfTheTimeOfTheNotice) {
  const auto decision = notice(with_certificate_until("2028-04-30"));
  EXPECT_EQ(decision.notice()->send_from, day("2028-01-30"));
  EXPECT_EQ(decision.notice()->send_until, day("2028-02-29"));
}

TEST(RulesNotice, NotToThoseWhoDiedGaveUpTheCardOrLeftWithoutContinuedUse) {
  const auto refused = [](auto change) {
    Facts facts = with_both_certificates();
    change(facts);
    const auto decision = notice(facts);
    EXPECT_EQ(decision.verdict(), Verdict::refused);
    EXPECT_FALSE(decision.notice());
    return outcome(decision);
  };
  EXPECT_EQ(refused([](Facts& f) { f.died = day("2026-11-22"); }), "resident_died");
  EXPECT_EQ(refused([](Facts& f) { f.card_state = CardState::returned; }), "card_given_up");
  EXPECT_EQ(refused([](Facts& f) {
              f.moving_abroad = MovingAbroad{day("2026-11-22"), false};
            }),
            "card_lapsed_abroad");
  EXPECT_EQ(refused([](Facts& f) { f.left_register = day("2026-11-22"); }), "resident_not_in_register");
}

TEST(RulesNotice, GoesToThoseWhoUseTheCardAbroadOrHaveYetToLeave) {
  EXPECT_TRUE(notice(moving_abroad("2026-11-22", true)).granted());
  EXPECT_TRUE(notice(moving_abroad("2026-11-23", false)).granted());
}

TEST(RulesNotice, ForeignNationalsDoNotUseTheCardAbroad) {
  Facts facts = moving_abroad("2026-11-22", true);
  facts.status = ResidenceStatus::permanent_resident;
  EXPECT_EQ(outcome(notice(facts)), "card_lapsed_abroad");
}

TEST(RulesNotice, GoesToTheRepresentativeOfAChildOrAWard) {
  Facts facts = with_certificate_until("2027-01-02");
  facts.born = day("2011-10-03");
  EXPECT_EQ(notice(facts).notice()->to, "legal_representative");
  facts.born = day("2011-10-02");
  EXPECT_EQ(notice(facts).notice()->to, "holder") << "15 on the first day of sending";
  facts.adult_ward = true;
  EXPECT_EQ(notice(facts).notice()->to, "legal_representative");
}

TEST(RulesNotice, IsOfTheCertificateThatEndsFirst) {
  Facts facts = with_both_certificates();
  facts.certificates[0].not_after = day("2030-01-02");
  EXPECT_EQ(notice(facts).notice()->send_from, day("2029-10-02"));
  EXPECT_EQ(ask({Verb::notice, kAuthentication, {}}, facts).notice()->send_from, day("2030-10-02"));
}

TEST(RulesNotice, IsOfNoCertificateThatHasEnded) {
  Facts facts = with_both_certificates();
  facts.certificates = {certificate(kSignature, "2026-11-21"),
                        certificate(kAuthentication, "2031-01-02", CertificateState::revoked)};
  EXPECT_EQ(notice(facts).verdict(), Verdict::not_applicable);
  EXPECT_EQ(notice(ordinary_citizen()).verdict(), Verdict::not_applicable);
}

}  // namespace
}  // namespace shomei::rules
