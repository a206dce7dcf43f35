#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

Facts with_suspended() {
  Facts facts = with_both_certificates();
  for (auto& held : facts.certificates) held.state = CertificateState::suspended;
  return facts;
}
Decision suspend(const Facts& facts, std::optional<Kind> kind = std::nullopt) {
  return ask({Verb::suspend, kind, {}}, facts);
}
Decision restore(const Facts& facts, bool hold_is_final = false) {
  Settings settings;
  settings.hold_is_final = hold_is_final;
  return ask({Verb::restore, {}, {}}, facts, kOrdinaryDay, settings);
}

TEST(JpkiFacts34, LossTheftAndLeakHoldBothCertificatesFirst) {
  for (auto ground : {Ground::lost, Ground::stolen, Ground::leak}) {
    Facts facts = with_both_certificates();
    facts.ground = ground;
    facts.at = moment("2026-11-22T03:00:00+09:00");
    EXPECT_EQ(ends_of(suspend(facts)),
              "signature from 2026-11-22T03:00:00+09:00 certificateHold; "
              "user_authentication from 2026-11-22T03:00:00+09:00 certificateHold");
  }
}

TEST(JpkiFacts34, SuspensionIsByPhoneRoundTheClockAllYear) {
  for (const auto* at :
       {"2026-01-01T00:00:00+09:00", "2026-11-22T03:00:00+09:00", "2026-12-31T23:59:59+09:00"}) {
    Facts facts = at_office_of(with_both_certificates(), OfficeKind::call_centre);
    facts.proofs = {};
    facts.at = moment(at);
    const auto on = format_date(jst_date(*facts.at));
    EXPECT_TRUE(ask({Verb::suspend, {}, {}}, facts, on).granted()) << at;
  }
}

TEST(JpkiFacts34, SuspensionAsksForNoValidCard) {
  for (auto state : {CardState::lost, CardState::suspended, CardState::active}) {
    Facts facts = with_both_certificates();
    facts.card_state = state;
    EXPECT_TRUE(suspend(facts).granted()) << name(state);
  }
}

TEST(JpkiFacts34, ReleaseIsAtACounterOnlyNotByPhone) {
  for (auto office : {OfficeKind::city_hall, OfficeKind::branch_office})
    EXPECT_TRUE(restore(at_office_of(with_suspended(), office, "13225")).granted()) << name(office);
  for (auto office : {OfficeKind::call_centre, OfficeKind::online, OfficeKind::kiosk})
    EXPECT_EQ(outcome(restore(at_office_of(with_suspended(), office))), "office_not_competent")
        << name(office);
}

TEST(JpkiFacts34, AHoldIsNotReleased) {
  const auto decision = restore(with_suspended(), true);
  EXPECT_EQ(outcome(decision), "hold_not_released");
  EXPECT_EQ(decision.refusal().parameter("would_pass_code"), "would_pass_revoke_and_reissue");
  EXPECT_EQ(outcome(ask({Verb::restore, {}, {}}, with_suspended())), "hold_not_released") << "by default";
}

TEST(JpkiFacts34, HeldCertificatesAreRevokedAndIssuedAnew) {
  EXPECT_EQ(kinds_ended(revoke(with_suspended(), Ground::lost)), "signature, user_authentication");
  Facts facts = with_suspended();
  facts.ground = Ground::reissue;
  EXPECT_EQ(kinds_ended(issue(kAuthentication, facts)), "user_authentication");
}

TEST(RulesSuspension, ReleaseIsByTheHolder) {
  Facts facts = with_suspended();
  facts.applicant = Applicant::voluntary_agent;
  facts.proofs = shown(Proof::inquiry_letter, Proof::document_a);
  EXPECT_EQ(outcome(restore(facts)), "release_needs_holder");
}

TEST(RulesSuspension, ReleaseIsNotProvedByThePinOfTheLostCard) {
  Facts facts = with_suspended();
  facts.proofs = shown(Proof::pin);
  EXPECT_EQ(outcome(restore(facts)), "identity_not_proved");
}

TEST(RulesSuspension, IsOfTheKindThatIsNamed) {
  EXPECT_EQ(kinds_ended(suspend(with_both_certificates(), kSignature)), "signature");
}

TEST(RulesSuspension, OnlyAValidCertificateIsHeld) {
  EXPECT_EQ(suspend(with_suspended()).verdict(), Verdict::not_applicable);
  Facts facts = with_both_certificates();
  facts.certificates[0].state = CertificateState::revoked;
  facts.certificates[1].not_after = day("2026-11-21");
  EXPECT_EQ(suspend(facts).verdict(), Verdict::not_applicable);
  facts.certificates[1].not_after = day("2026-11-22");
  EXPECT_EQ(kinds_ended(suspend(facts)), "user_authentication");
}

TEST(RulesSuspension, WithoutAHoldThereIsNothingToRelease) {
  EXPECT_EQ(restore(with_both_certificates()).verdict(), Verdict::not_applicable);
  EXPECT_EQ(restore(with_both_certificates(), true).verdict(), Verdict::not_applicable);
}

}  // namespace
}  // namespace shomei::rules
