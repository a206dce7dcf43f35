#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

TEST(SeedAgeRestriction, PersonsUnder15AreNotIssuedASignatureCertificate) {
  EXPECT_EQ(outcome(issue(kSignature, child_born("2011-12-01"), "2026-11-30")), "signature_age_not_reached");
}

TEST(SeedAgeRestriction, InPrincipleLeavesRoomForARecordedExceptionWithASecondOfficer) {
  Facts child = child_born("2012-06-01");
  child.exception = Exception{"attends court in a matter of its own", true};
  EXPECT_TRUE(issue(kSignature, child).granted());
  child.exception->second_officer = false;
  EXPECT_EQ(outcome(issue(kSignature, child)), "signature_age_not_reached");
  child.exception = Exception{" \t", true};
  EXPECT_EQ(outcome(issue(kSignature, child)), "signature_age_not_reached");
}

TEST(SeedAgeRestriction, AdultWardsAreNotIssuedASignatureCertificate) {
  Facts ward = with_representative(ordinary_citizen());
  ward.adult_ward = true;
  EXPECT_EQ(outcome(issue(kSignature, ward)), "adult_ward_signs_nothing");
  ward.exception = Exception{"court order", true};
  EXPECT_TRUE(issue(kSignature, ward).granted());
}

TEST(SeedAgeRestriction, UserAuthenticationHasNoAgeRestriction) {
  for (const auto* born : {"2026-11-22", "2020-01-01", "2011-12-01", "1906-11-22"})
    EXPECT_TRUE(issue(kAuthentication, child_born(born)).granted()) << born;
  Facts ward = with_representative(ordinary_citizen());
  ward.adult_ward = true;
  EXPECT_TRUE(issue(kAuthentication, ward).granted());
}

TEST(SeedOverview, SignatureAndUserAuthenticationAreTwoCertificatesOfOneCard) {
  Facts facts = ordinary_citizen();
  EXPECT_TRUE(issue(kSignature, facts).granted());
  EXPECT_TRUE(issue(kAuthentication, facts).granted());
}

TEST(SeedHowToIssue, AValidMyNumberCardIsNeeded) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    for (auto state : {CardState::lost, CardState::suspended, CardState::returned, CardState::expired}) {
      Facts facts = ordinary_citizen();
      facts.card_state = state;
      EXPECT_EQ(outcome(issue(kind, facts)), "card_not_active") << name(state);
    }
    Facts facts = ordinary_citizen();
    facts.card_valid_until = day("2026-11-21");
    EXPECT_EQ(outcome(issue(kind, facts)), "card_out_of_date");
    EXPECT_TRUE(issue(kind, facts, "2026-11-21").granted()) << "the card's last day counts";
  }
}

TEST(SeedHowToIssue, AValidMyNumberCardIsNeededForRenewalAndPins) {
  Facts facts = with_both_certificates();
  facts.card_state = CardState::lost;
  EXPECT_EQ(outcome(renew(kSignature, facts, "2030-12-01")), "card_not_active");
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin})
    EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "card_not_active") << name(verb);
}

TEST(JpkiFacts31, BothCertificatesAreLoadedUnlessTheApplicantDeclinesOne) {
  for (const Kind kind : {kSignature, kAuthentication}) {
    Facts facts = ordinary_citizen();
    EXPECT_TRUE(issue(kind, facts).granted()) << "the other one declined";
    facts.certificates = {certificate(kind == kSignature ? kAuthentication : kSignature, "2031-01-02")};
    EXPECT_TRUE(issue(kind, facts).granted()) << "the other one loaded";
  }
}

TEST(JpkiFacts31, SignatureIsNotIssuedToPersonsUnder15AndAdultWards) {
  Facts both = child_born("2015-01-01");
  both.adult_ward = true;
  const auto decision = issue(kSignature, both);
  EXPECT_EQ(said_by(decision, "signature_age"), "signature_age_not_reached");
  EXPECT_EQ(said_by(decision, "signature_adult_ward"), "adult_ward_signs_nothing");
}

TEST(JpkiFacts31, AuthenticationHasNoAgeRestriction) {
  EXPECT_TRUE(issue(kAuthentication, child_born("2026-11-22")).granted()) << "on the day of birth";
}

TEST(JpkiFacts31, ACardOfAChildUnder15HasNoSignatureCertificate) {
  const Facts child = child_born("2015-01-01");
  EXPECT_FALSE(issue(kSignature, child).granted());
  EXPECT_TRUE(issue(kAuthentication, child).granted());
}

Facts with_face_authentication_card() {
  Facts facts = ordinary_citizen();
  facts.card_kind = CardKind::face_authentication;
  facts.proofs = shown(Proof::document_a);
  return facts;
}

TEST(JpkiFacts31, AFaceAuthenticationCardSignsNothing) {
  EXPECT_EQ(outcome(issue(kSignature, with_face_authentication_card())),
            "face_authentication_card_signs_nothing");
  EXPECT_TRUE(issue(kAuthentication, with_face_authentication_card()).granted());
}

TEST(JpkiFacts31, FaceAuthenticationCardsAreInForceFrom20231215) {
  const Facts facts = with_face_authentication_card();
  for (const Kind kind : {kSignature, kAuthentication})
    EXPECT_EQ(outcome(issue(kind, facts, "2023-12-14")), "face_authentication_not_yet");
  EXPECT_EQ(outcome(replace_card(facts, Ground::wish, "2023-12-14")), "face_authentication_not_yet");
  EXPECT_TRUE(issue(kAuthentication, facts, "2023-12-15").granted());
  EXPECT_EQ(outcome(issue(kSignature, facts, "2023-12-15")), "face_authentication_card_signs_nothing");
  EXPECT_TRUE(replace_card(facts, Ground::wish, "2023-12-15").granted());
}

TEST(JpkiFacts31, OnAFaceAuthenticationCardUserAuthenticationIsMandatory) {
  Facts facts = with_face_authentication_card();
  facts.certificates = {certificate(kAuthentication, "2031-01-02")};
  EXPECT_EQ(outcome(revoke(facts, Ground::wish)), "face_authentication_is_mandatory");
  EXPECT_EQ(outcome(revoke(facts, std::nullopt, kAuthentication)), "face_authentication_is_mandatory");
  EXPECT_TRUE(revoke(facts, Ground::lost).granted());
  facts.card_state = CardState::returned;
  EXPECT_TRUE(revoke(facts, Ground::wish).granted());
}

TEST(JpkiFacts31, AFaceAuthenticationCardHasNoPins) {
  Facts facts = with_face_authentication_card();
  facts.certificates = {certificate(kAuthentication, "2031-01-02")};
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin})
    EXPECT_EQ(outcome(ask({verb, kAuthentication, {}}, facts)), "face_authentication_card_has_no_pin");
  facts.proofs = shown(Proof::pin);
  EXPECT_EQ(outcome(renew(kAuthentication, facts, "2030-12-01")), "identity_not_proved");
}

TEST(JpkiFacts31, CardsAreSwitchedInBothDirections) {
  for (auto kind : {CardKind::standard, CardKind::face_authentication}) {
    Facts facts = ordinary_citizen();
    facts.card_kind = kind;
    EXPECT_TRUE(replace_card(facts, Ground::wish).granted()) << name(kind);
  }
}

TEST(JpkiFacts31, AResidenceCardThatIsAMyNumberCardCountsAsOneFrom20260614) {
  for (const auto* on : {"2026-06-13", "2026-06-14"})
    EXPECT_EQ(outcome(issue(kSignature, foreign_resident("2028-05-31"), on)), "2028-05-31");
}

TEST(RulesWho, FifteenFromTheFirstSecondOfTheBirthdayInJapan) {
  Facts facts = child_born("2011-12-01");
  facts.at = moment("2026-11-30T14:59:59Z");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-11-30")), "signature_age_not_reached");
  facts.at = moment("2026-11-30T15:00:00Z");
  EXPECT_TRUE(issue(kSignature, facts, "2026-12-01").granted());
  EXPECT_EQ(said_by(issue(kSignature, facts, "2026-12-01"), "signature_age"), "signature_age_reached");
}

TEST(RulesWho, BornOnALeapDayFifteenFrom1MarchInACommonYear) {
  const Facts facts = child_born("2012-02-29");
  EXPECT_FALSE(issue(kSignature, facts, "2027-02-28").granted());
  EXPECT_TRUE(issue(kSignature, facts, "2027-03-01").granted());
}

TEST(RulesWho, TheFifteenthBirthdayOfAnyoneElseNeedsNoLeapYear) {
  for (const auto& [born, day_before, birthday] : {std::tuple{"2012-02-28", "2027-02-27", "2027-02-28"},
                                                   {"2012-03-01", "2027-02-28", "2027-03-01"},
                                                   {"2013-02-28", "2028-02-27", "2028-02-28"},
                                                   {"2011-12-31", "2026-12-30", "2026-12-31"},
                                                   {"2012-01-01", "2026-12-31", "2027-01-01"}}) {
    EXPECT_FALSE(issue(kSignature, child_born(born), day_before).granted()) << born;
    EXPECT_TRUE(issue(kSignature, child_born(born), birthday).granted()) << born;
  }
}

TEST(RulesWho, OneValidCertificateOfAKindOnACard) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kSignature, "2030-01-02")};
  EXPECT_EQ(outcome(issue(kSignature, facts)), "certificate_held_already");
  EXPECT_TRUE(issue(kAuthentication, facts).granted());
  facts.certificates[0].state = CertificateState::suspended;
  EXPECT_EQ(outcome(issue(kSignature, facts)), "certificate_held_already");
  facts.certificates[0].state = CertificateState::revoked;
  EXPECT_TRUE(issue(kSignature, facts).granted());
}

TEST(RulesWho, ACertificateIsHeldUpToItsLastDay) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kSignature, "2026-11-22")};
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-11-22")), "certificate_held_already");
  EXPECT_TRUE(issue(kSignature, facts, "2026-11-23").granted());
}

TEST(RulesWho, WhoHoldsOneIsToldToRenewItWithinTheWindowAlone) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kSignature, "2027-02-22")};
  const auto would_pass = [&](std::string_view on) {
    return std::string(issue(kSignature, facts, on).refusal().parameter("would_pass_code"));
  };
  EXPECT_EQ(would_pass("2026-11-21"), "would_pass_for_cause");
  EXPECT_EQ(would_pass("2026-11-22"), "would_pass_as_renewal");
}

TEST(RulesWho, AReissueForCauseSupersedesTheOldOneInTheSameAct) {
  for (auto state : {CertificateState::valid, CertificateState::suspended}) {
    Facts facts = with_both_certificates();
    facts.certificates[0].state = state;
    facts.ground = Ground::reissue;
    facts.at = moment("2026-11-22T10:00:00+09:00");
    EXPECT_EQ(ends_of(issue(kSignature, facts)), "signature from 2026-11-22T10:00:00+09:00 superseded");
  }
}

TEST(RulesWho, NoOtherGroundIsACauseForAReissue) {
  for (auto ground : {Ground::lost, Ground::wish, Ground::damaged, Ground::express, Ground::leak}) {
    Facts facts = with_both_certificates();
    facts.ground = ground;
    EXPECT_EQ(outcome(issue(kSignature, facts)), "certificate_held_already") << name(ground);
  }
}

TEST(RulesWho, TheRepresentativeIsNeededUnder15) {
  Facts facts = ordinary_citizen();
  facts.born = day("2011-12-01");
  EXPECT_EQ(outcome(issue(kAuthentication, facts, "2026-11-30")), "child_needs_representative");
  EXPECT_TRUE(issue(kAuthentication, facts, "2026-12-01").granted());
  facts.applicant.reset();
  EXPECT_EQ(outcome(issue(kAuthentication, facts, "2026-11-30")), "child_needs_representative");
  facts.applicant = Applicant::voluntary_agent;
  facts.proofs.add(Proof::inquiry_letter);
  EXPECT_EQ(outcome(issue(kAuthentication, facts, "2026-11-30")), "child_needs_representative");
}

TEST(RulesWho, TheRepresentativeIsNeededForWards) {
  Facts facts = ordinary_citizen();
  facts.adult_ward = true;
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "ward_needs_representative");
  EXPECT_TRUE(issue(kAuthentication, with_representative(facts)).granted());
}

TEST(RulesWho, TheOwnCardsPinSufficesForIssueAndRenewal) {
  Facts facts = ordinary_citizen();
  facts.proofs = shown(Proof::pin);
  EXPECT_TRUE(issue(kSignature, facts).granted());
  facts.certificates = {certificate(kSignature, "2027-01-02")};
  EXPECT_TRUE(renew(kSignature, facts).granted());
}

TEST(RulesWho, WithoutThePinOneDocumentOfListAOrTwoOfListB) {
  const auto with = [](Proofs proofs) {
    Facts facts = ordinary_citizen();
    facts.proofs = proofs;
    return outcome(issue(kSignature, facts));
  };
  EXPECT_EQ(with({}), "identity_not_proved");
  EXPECT_EQ(with(shown(Proof::document_b)), "identity_not_proved");
  EXPECT_EQ(with(shown(Proof::other_pin, Proof::face)), "identity_not_proved");
  EXPECT_EQ(with(shown(Proof::document_b, Proof::document_b)), "2031-01-02");
  EXPECT_EQ(with(shown(Proof::document_a)), "2031-01-02");
}

TEST(RulesWho, ARepresentativeShowsADocumentOfListAForEachOfTheTwo) {
  Facts facts = child_born("2015-01-01");
  facts.proofs = shown(Proof::document_a);
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "representative_documents_missing");
  facts.proofs = shown(Proof::document_a, Proof::document_b, Proof::document_b, Proof::pin);
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "representative_documents_missing");
  facts.proofs = shown(Proof::document_a, Proof::document_a);
  EXPECT_TRUE(issue(kAuthentication, facts).granted());
}

TEST(RulesWho, ForAWardTheRepresentativeShowsTheGuardianshipCertificateToo) {
  Facts facts = with_representative(ordinary_citizen());
  facts.adult_ward = true;
  facts.proofs = shown(Proof::document_a, Proof::document_a);
  EXPECT_EQ(outcome(issue(kAuthentication, facts)), "guardianship_not_proved");
  facts.proofs.add(Proof::guardianship_certificate);
  EXPECT_TRUE(issue(kAuthentication, facts).granted());
}

TEST(RulesWho, AVoluntaryAgentBringsAnAnswerSheetOrAnInquiryLetterAndDocuments) {
  const auto with = [](Proofs proofs) {
    Facts facts = ordinary_citizen();
    facts.applicant = Applicant::voluntary_agent;
    facts.proofs = proofs;
    return outcome(issue(kAuthentication, facts));
  };
  EXPECT_EQ(with(shown(Proof::document_a, Proof::pin)), "agent_without_letter") << "the first of two visits";
  EXPECT_EQ(with(shown(Proof::inquiry_letter)), "agent_identity_not_proved");
  EXPECT_EQ(with(shown(Proof::inquiry_letter, Proof::pin)), "agent_identity_not_proved");
  EXPECT_EQ(with(shown(Proof::inquiry_letter, Proof::document_a)), "2031-01-02") << "the second visit";
  EXPECT_EQ(with(shown(Proof::answer_sheet, Proof::document_a)), "2031-01-02");
}

TEST(RulesWho, TheDeadAndThoseWhoLeftTheRegisterGetNone) {
  Facts facts = ordinary_citizen();
  facts.died = day("2026-11-22");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "resident_died");
  facts.died.reset();
  facts.left_register = day("2026-11-22");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "resident_not_in_register");
  EXPECT_TRUE(issue(kSignature, facts, "2026-11-21").granted()) << "who moves tomorrow is still there";
}

TEST(RulesWho, ARefusalNamesItsRuleItsDayAndWhatWouldMakeItPass) {
  const auto refusal = issue(kSignature, child_born("2011-12-01")).refusal();
  EXPECT_EQ(refusal.parameter("rule_id"), "signature_age");
  EXPECT_EQ(refusal.parameter("since"), "2016-01-01");
  EXPECT_EQ(refusal.parameter("fifteenth_birthday"), "2026-12-01");
  EXPECT_EQ(refusal.parameter("would_pass_code"), "would_pass_from_fifteenth_birthday");
}

}  // namespace
}  // namespace shomei::rules
