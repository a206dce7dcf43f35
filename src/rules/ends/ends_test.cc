#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

constexpr std::array kAttributeChanges{Event::moved, Event::renamed, Event::gender_changed,
                                       Event::birth_date_corrected};

Facts at_ten(Facts facts) {
  facts.at = moment("2026-11-22T10:00:00+09:00");
  return facts;
}

// Both certificates from the moment on, for that reason.
std::string both(std::string_view from, std::string_view reason) {
  const std::string tail = " from " + std::string(from) + " " + std::string(reason);
  return "signature" + tail + "; user_authentication" + tail;
}
constexpr std::string_view kTen = "2026-11-22T10:00:00+09:00";

TEST(SeedAddressOrNameChange, TheSignatureCertificateWillExpire) {
  for (auto event : {Event::moved, Event::renamed})
    EXPECT_EQ(ends_of(happens(event, at_ten(with_both_certificates()))),
              "signature from 2026-11-22T10:00:00+09:00 affiliationChanged");
}

TEST(SeedAddressOrNameChange, TheUserAuthenticationCertificateWillNotExpire) {
  Facts facts = ordinary_citizen();
  facts.certificates = {certificate(kAuthentication, "2031-01-02")};
  for (auto event : {Event::moved, Event::renamed}) {
    EXPECT_TRUE(happens(event, facts).granted());
    EXPECT_EQ(ends_of(happens(event, facts)), "");
  }
}

TEST(JpkiFacts34, ExpiryEndsBothWithoutARevocation) {
  for (auto event : kAttributeChanges)
    EXPECT_EQ(ends_of(happens(event, with_both_certificates(), "2031-01-03")), "");
  EXPECT_EQ(kinds_ended(happens(Event::moved, with_both_certificates(), "2031-01-02")), "signature")
      << "on its last day it is still in force";
}

TEST(JpkiFacts34, ChangeOfNameAddressGenderOrBirthDateRevokesTheSignatureAndLeavesAuthentication) {
  for (auto event : kAttributeChanges)
    EXPECT_EQ(ends_of(happens(event, at_ten(with_both_certificates()))),
              "signature from 2026-11-22T10:00:00+09:00 affiliationChanged")
        << name(event);
}

TEST(JpkiFacts34, MoveOutNotificationEndsTheSignatureOnTheMoveDate) {
  Facts facts = at_ten(with_both_certificates());
  facts.left_register = day("2026-12-01");
  EXPECT_EQ(ends_of(happens(Event::move_out, facts)),
            "signature from 2026-12-01T00:00:00+09:00 affiliationChanged");
}

TEST(JpkiFacts34, MoveOutNotificationOfTheSameOrAPastDayEndsItNow) {
  for (const auto* moved : {"2026-11-22", "2026-11-01"}) {
    Facts facts = at_ten(with_both_certificates());
    facts.left_register = day(moved);
    EXPECT_EQ(ends_of(happens(Event::move_out, facts)),
              "signature from 2026-11-22T10:00:00+09:00 affiliationChanged");
  }
  EXPECT_EQ(kinds_ended(happens(Event::move_out, with_both_certificates())), "signature");
}

TEST(JpkiFacts34, MoveOutReissueIsAtMoveIn) {
  Facts moved_in = with_both_certificates();
  moved_in.certificates[0].state = CertificateState::revoked;
  EXPECT_TRUE(issue(kSignature, moved_in).granted());
}

TEST(JpkiFacts34, MovingAbroadWithContinuedUseRevokesTheSignatureOnTheMoveOutDate) {
  const std::string_view expected = "signature from 2026-12-01T00:00:00+09:00 affiliationChanged";
  EXPECT_EQ(ends_of(happens(Event::move_out, at_ten(moving_abroad("2026-12-01")))), expected);
  EXPECT_EQ(ends_of(happens(Event::moved_abroad, moving_abroad("2026-12-01"), "2026-12-01")), expected);
}

TEST(JpkiFacts34, ContinuedUseIsAppliedForUpToTheDayBeforeDeparture) {
  const Facts facts = moving_abroad("2026-12-01");
  EXPECT_EQ(kinds_ended(happens(Event::move_out, facts, "2026-11-30")), "signature");
  EXPECT_EQ(kinds_ended(happens(Event::move_out, facts, "2026-12-01")), "signature, user_authentication");
}

TEST(JpkiFacts34, MovingAbroadWithoutContinuedUseRevokesBoth) {
  const auto expected = both("2026-12-01T00:00:00+09:00", "cessationOfOperation");
  EXPECT_EQ(ends_of(happens(Event::move_out, at_ten(moving_abroad("2026-12-01", false)))), expected);
  EXPECT_EQ(ends_of(happens(Event::moved_abroad, moving_abroad("2026-12-01", false), "2026-12-01")),
            expected);
  EXPECT_EQ(ends_of(happens(Event::moved_abroad, at_ten(with_both_certificates()))),
            both(kTen, "cessationOfOperation"));
}

TEST(JpkiFacts34, MovingAbroadRevokesBothOfForeignNationals) {
  for (auto status : {ResidenceStatus::permanent_resident, ResidenceStatus::special_permanent_resident,
                      ResidenceStatus::no_end_of_stay}) {
    Facts facts = moving_abroad("2026-12-01");
    facts.status = status;
    EXPECT_EQ(kinds_ended(happens(Event::move_out, facts)), "signature, user_authentication") << name(status);
  }
}

TEST(JpkiFacts34, MovingAbroadBefore20240527RevokedBothInAnyCase) {
  const Facts facts = moving_abroad("2024-06-10");
  EXPECT_EQ(kinds_ended(happens(Event::move_out, facts, "2024-05-26")), "signature, user_authentication");
  EXPECT_EQ(kinds_ended(happens(Event::move_out, facts, "2024-05-27")), "signature");
  EXPECT_EQ(said_by(happens(Event::move_out, facts, "2024-05-26"), "departure"), "departure_ends");
}

TEST(RulesEnds, WhatHasExpiredByTheDayOfDepartureEndsByItself) {
  Facts facts = moving_abroad("2026-12-01", false);
  facts.certificates = {certificate(kSignature, "2026-11-30"), certificate(kAuthentication, "2026-12-01")};
  EXPECT_EQ(kinds_ended(happens(Event::moved_abroad, facts)), "user_authentication");
}

TEST(RulesEnds, ADepartureWithoutAPlannedDayIsOnTheDayThatClosesTheRecord) {
  Facts facts = with_both_certificates();
  facts.left_register = day("2026-12-01");
  EXPECT_EQ(ends_of(happens(Event::moved_abroad, facts)),
            "signature from 2026-12-01T00:00:00+09:00 cessationOfOperation; user_authentication from "
            "2026-12-01T00:00:00+09:00 cessationOfOperation");
  EXPECT_EQ(ends_of(happens(Event::lost_status, facts)), ends_of(happens(Event::moved_abroad, facts)));
}

TEST(JpkiFacts34, DeathRevokesBoth) {
  EXPECT_EQ(ends_of(happens(Event::died, at_ten(with_both_certificates()))),
            both(kTen, "cessationOfOperation"));
  Facts facts = at_ten(with_both_certificates());
  facts.died = day("2026-11-20");
  EXPECT_EQ(ends_of(happens(Event::died, facts)), both(kTen, "cessationOfOperation"));
}

TEST(JpkiFacts34, LossOfResidentStatusRevokesBoth) {
  EXPECT_EQ(ends_of(happens(Event::lost_status, at_ten(with_both_certificates()))),
            both(kTen, "cessationOfOperation"));
}

TEST(JpkiFacts34, HoldersRequestRevokesWhatItNames) {
  EXPECT_EQ(ends_of(revoke(at_ten(with_both_certificates()), Ground::wish)),
            both(kTen, "cessationOfOperation"));
  EXPECT_EQ(ends_of(revoke(at_ten(with_both_certificates()), std::nullopt)),
            both(kTen, "cessationOfOperation"));
  EXPECT_EQ(kinds_ended(revoke(with_both_certificates(), Ground::wish, kSignature)), "signature");
  EXPECT_EQ(kinds_ended(revoke(with_both_certificates(), Ground::wish, kAuthentication)),
            "user_authentication");
}

TEST(JpkiFacts34, LossTheftAndLeakAreHeldFirstThenRevoked) {
  for (auto ground : {Ground::lost, Ground::stolen, Ground::leak}) {
    Facts facts = at_ten(with_both_certificates());
    EXPECT_EQ(kinds_ended(ask({Verb::suspend, {}, {}}, facts)), "signature, user_authentication");
    for (auto& held : facts.certificates) held.state = CertificateState::suspended;
    EXPECT_EQ(ends_of(revoke(facts, ground)), both(kTen, "keyCompromise")) << name(ground);
  }
}

TEST(JpkiFacts34, ARecordingErrorRevokesExOfficioAndTheHolderIsNotified) {
  Facts facts = at_ten(with_both_certificates());
  facts.proofs = {};
  const auto decision = revoke(facts, Ground::office_fault);
  EXPECT_EQ(ends_of(decision), both(kTen, "unspecified"));
  ASSERT_TRUE(decision.notice());
  EXPECT_EQ(decision.notice()->to, "holder");
  EXPECT_EQ(decision.notice()->send_from, day("2026-11-22"));
}

TEST(JpkiFacts34, ACompromiseOfTheAuthoritysKeyRevokesAll) {
  Facts facts = at_ten(with_both_certificates());
  facts.proofs = {};
  EXPECT_EQ(ends_of(revoke(facts, Ground::authority_compromise)), both(kTen, "cACompromise"));
}

TEST(JpkiFacts34, OnlineRevocationNeedsThePin) {
  Facts facts = at_office_of(with_both_certificates(), OfficeKind::online);
  facts.proofs = shown(Proof::pin);
  EXPECT_EQ(kinds_ended(revoke(facts, Ground::wish)), "signature, user_authentication");
  facts.proofs = shown(Proof::document_a, Proof::document_a);
  EXPECT_EQ(outcome(revoke(facts, Ground::wish)), "online_needs_pin");
  EXPECT_EQ(outcome(revoke(facts, Ground::office_fault)), "online_needs_pin");
  facts.applicant = Applicant::legal_representative;
  EXPECT_EQ(outcome(revoke(facts, Ground::wish)), "online_needs_pin") << "nobody sees documents online";
  facts.proofs.add(Proof::pin);
  EXPECT_EQ(outcome(revoke(facts, Ground::wish)), "online_needs_pin") << "the PIN is the holder's alone";
}

TEST(JpkiFacts26, WhatIsReplacedIsSuperseded) {
  for (auto ground : {Ground::damaged, Ground::disaster, Ground::defect, Ground::reissue, Ground::express})
    EXPECT_EQ(ends_of(revoke(at_ten(with_both_certificates()), ground)), both(kTen, "superseded"))
        << name(ground);
}

TEST(RulesEnds, ACardThatIsReturnedEndsBoth) {
  EXPECT_EQ(ends_of(happens(Event::card_returned, at_ten(with_both_certificates()))),
            both(kTen, "cessationOfOperation"));
}

TEST(RulesEnds, TheLegalRepresentativeRevokes) {
  Facts facts = with_representative(with_both_certificates());
  facts.adult_ward = true;
  EXPECT_EQ(kinds_ended(revoke(facts, Ground::wish)), "signature, user_authentication");
  facts.applicant = Applicant::self;
  EXPECT_EQ(outcome(revoke(facts, Ground::wish)), "ward_needs_representative");
}

TEST(RulesEnds, UnconfirmedReasonsAreSettings) {
  const auto reason = [](auto change, auto decide_with) {
    Settings settings;
    change(settings);
    const auto decision = decide_with(settings);
    return decision.ends().empty() ? "nothing ends" : std::string(name(decision.ends()[0].reason));
  };
  const auto event = [](Event e, Facts facts) {
    return [=](const Settings& settings) { return happens(e, facts, kOrdinaryDay, settings); };
  };
  const auto revocation = [](Ground ground) {
    return [=](const Settings& settings) {
      return revoke(with_both_certificates(), ground, std::nullopt, settings);
    };
  };
  const Facts facts = with_both_certificates();
  const auto other = Reason::affiliationChanged;
  EXPECT_EQ(reason([&](Settings& s) { s.death = other; }, event(Event::died, facts)), "affiliationChanged");
  EXPECT_EQ(reason([&](Settings& s) { s.lost_status = other; }, event(Event::lost_status, facts)),
            "affiliationChanged");
  EXPECT_EQ(reason([&](Settings& s) { s.card_returned = other; }, event(Event::card_returned, facts)),
            "affiliationChanged");
  EXPECT_EQ(reason([&](Settings& s) { s.left_japan = other; },
                   event(Event::move_out, moving_abroad("2026-12-01", false))),
            "affiliationChanged");
  EXPECT_EQ(reason([&](Settings& s) { s.recording_error = other; }, revocation(Ground::office_fault)),
            "affiliationChanged");
  EXPECT_EQ(reason([&](Settings& s) { s.key_doubt = Reason::certificateHold; }, revocation(Ground::lost)),
            "certificateHold");
}

TEST(RulesEnds, NothingEndsTwice) {
  Facts facts = with_both_certificates();
  facts.certificates[0].state = CertificateState::revoked;
  EXPECT_EQ(ends_of(happens(Event::moved, facts)), "");
  EXPECT_EQ(kinds_ended(happens(Event::died, facts)), "user_authentication");
  EXPECT_EQ(revoke(facts, Ground::wish, kSignature).verdict(), Verdict::not_applicable);
}

TEST(RulesEnds, ASuspendedCertificateEndsToo) {
  Facts facts = with_both_certificates();
  for (auto& held : facts.certificates) held.state = CertificateState::suspended;
  EXPECT_EQ(kinds_ended(happens(Event::moved, facts)), "signature");
  EXPECT_EQ(kinds_ended(happens(Event::died, facts)), "signature, user_authentication");
}

TEST(RulesEnds, WithoutCertificatesAnEventIsGrantedAndEndsNothing) {
  for (auto event :
       {Event::moved, Event::renamed, Event::gender_changed, Event::birth_date_corrected, Event::move_out,
        Event::moved_abroad, Event::died, Event::lost_status, Event::card_returned}) {
    const auto decision = happens(event, ordinary_citizen());
    EXPECT_TRUE(decision.granted()) << name(event);
    EXPECT_TRUE(decision.ends().empty()) << name(event);
    EXPECT_EQ(decision.fee_yen(), 0);
  }
}

TEST(RulesEnds, AnEventOfTheLastSecondOfADayInJapanIsOfThatDay) {
  Facts facts = with_both_certificates();
  facts.at = moment("2026-11-22T14:59:59Z");
  facts.left_register = day("2026-11-23");
  EXPECT_EQ(ends_of(happens(Event::move_out, facts)),
            "signature from 2026-11-23T00:00:00+09:00 affiliationChanged");
}

TEST(RulesEnds, ReplacingTheCardEndsWhatWasOnTheOldOne) {
  EXPECT_EQ(ends_of(replace_card(at_ten(with_both_certificates()), Ground::damaged)),
            both(kTen, "superseded"));
  EXPECT_EQ(ends_of(replace_card(at_ten(with_both_certificates()), Ground::stolen)),
            both(kTen, "keyCompromise"));
}

}  // namespace
}  // namespace shomei::rules
