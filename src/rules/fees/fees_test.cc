#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

TEST(SeedFee, IssueAndRenewalAreFree) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    EXPECT_EQ(issue(kind, ordinary_citizen()).fee_yen(), 0);
    EXPECT_EQ(renew(kind, with_both_certificates(), "2030-12-01").fee_yen(), 0);
  }
}

TEST(SeedFee, CardReissue800YenAndCertificates200YenOnce) {
  for (auto ground : {Ground::lost, Ground::stolen, Ground::damaged}) {
    EXPECT_EQ(replace_card(ordinary_citizen(), ground).fee_yen(), 800) << name(ground);
    Facts facts = ordinary_citizen();
    facts.certificates = {certificate(kAuthentication, "2031-01-02")};
    EXPECT_EQ(replace_card(facts, ground).fee_yen(), 1000) << "one certificate";
    EXPECT_EQ(replace_card(with_both_certificates(), ground).fee_yen(), 1000) << "both";
  }
}

TEST(JpkiFacts37, IssueRenewalAndPinActsAreFree) {
  const Facts facts = with_both_certificates();
  EXPECT_EQ(issue(kSignature, ordinary_citizen()).fee_yen(), 0);
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin})
    EXPECT_EQ(ask({verb, kSignature, {}}, facts).fee_yen(), 0);
}

TEST(JpkiFacts37, ReissueAfterLossIs1000YenTogether) {
  Facts facts = with_both_certificates();
  facts.card_state = CardState::lost;
  EXPECT_EQ(replace_card(facts, Ground::lost).fee_yen(), 1000);
  EXPECT_EQ(replace_card(facts, std::nullopt).fee_yen(), 1000) << "the card says that it is lost";
}

TEST(JpkiFacts37, ExpressIssueIsAbout2000YenInTotal) {
  EXPECT_EQ(replace_card(with_both_certificates(), Ground::express).fee_yen(), 2000);
}

TEST(RulesFees, NothingIsChargedOnWaivedGrounds) {
  for (auto ground : {Ground::disaster, Ground::defect, Ground::office_fault})
    EXPECT_EQ(replace_card(with_both_certificates(), ground).fee_yen(), 0) << name(ground);
}

TEST(RulesFees, EveryGrantedAnswerHasAFee) {
  Facts facts = with_both_certificates();
  EXPECT_EQ(revoke(facts, Ground::wish).fee_yen(), 0);
  EXPECT_EQ(ask({Verb::suspend, {}, {}}, facts).fee_yen(), 0);
  EXPECT_EQ(notice(facts).fee_yen(), 0);
  EXPECT_EQ(happens(Event::moved, facts).fee_yen(), 0);
  Settings settings;
  settings.hold_is_final = false;
  facts.certificates[0].state = CertificateState::suspended;
  EXPECT_EQ(ask({Verb::restore, {}, {}}, facts, kOrdinaryDay, settings).fee_yen(), 0);
}

TEST(RulesFees, WhatIsNotGrantedHasNoFee) {
  EXPECT_FALSE(issue(kSignature, child_born("2015-01-01")).fee_yen());
  EXPECT_FALSE(renew(kSignature, ordinary_citizen()).fee_yen());
}

TEST(RulesFees, AReissueOfACertificateForCauseIsFree) {
  Facts facts = with_both_certificates();
  facts.ground = Ground::reissue;
  EXPECT_EQ(issue(kSignature, facts).fee_yen(), 0);
}

TEST(RulesFees, AFeeIsADecisionWithReasons) {
  EXPECT_EQ(said_by(replace_card(with_both_certificates(), Ground::lost), "card_reissue_fee"),
            "card_reissue_charged");
  EXPECT_EQ(said_by(replace_card(with_both_certificates(), Ground::disaster), "waived_fee"), "fee_waived");
}

TEST(RulesFees, ACardThatRunsOutIsRenewedFree) {
  Facts facts = with_both_certificates();
  facts.card_valid_until = day("2027-02-22");
  EXPECT_EQ(replace_card(facts, std::nullopt, "2026-11-22").fee_yen(), 0);
  EXPECT_EQ(outcome(replace_card(facts, std::nullopt, "2026-11-21")), "card_still_in_force");
}

}  // namespace
}  // namespace shomei::rules
