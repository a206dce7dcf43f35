#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

constexpr std::array kPinVerbs{Verb::change_pin, Verb::reset_pin, Verb::unlock_pin};

// At 10:00, an hour after the reservation, the other PIN known and the face compared.
Facts at_kiosk(std::string_view chain = "seven_eleven") {
  Facts facts = with_both_certificates();
  facts.office = Office{OfficeKind::kiosk, std::nullopt, std::string(chain), std::nullopt};
  facts.proofs = shown(Proof::other_pin, Proof::face);
  facts.at = moment("2026-11-22T10:00:00+09:00");
  facts.reservation_made_at = moment("2026-11-22T09:00:00+09:00");
  return facts;
}

Decision reset(const Facts& facts, Kind kind = kSignature, std::string_view on = kOrdinaryDay) {
  return ask({Verb::reset_pin, kind, {}}, facts, on);
}

std::int32_t tries(Kind kind) {
  const auto decision = reset(with_both_certificates(), kind);
  for (const auto& [rule, finding] : decision.rules())
    if (rule->id == "pin_form") return std::get<std::int32_t>(finding.values.all()[0].value);
  return 0;
}

TEST(SeedPins, TheCityHallChangesResetsAndUnlocks) {
  for (auto verb : kPinVerbs)
    for (const Kind kind : {kSignature, kAuthentication}) {
      const auto decision = ask({verb, kind, {}}, with_both_certificates());
      EXPECT_EQ(outcome(decision), "granted") << name(verb);
      EXPECT_EQ(decision.fee_yen(), 0);
      EXPECT_TRUE(decision.ends().empty());
    }
}

TEST(SeedPins, APinIsResetAtSomeConvenienceStores) {
  EXPECT_EQ(outcome(reset(at_kiosk())), "granted");
}

TEST(SeedPassword, EachCertificateHasItsForm) {
  EXPECT_EQ(said_by(reset(with_both_certificates(), kSignature), "pin_form"), "signature_password_form");
  EXPECT_EQ(said_by(reset(with_both_certificates(), kAuthentication), "pin_form"), "authentication_pin_form");
}

TEST(JpkiFacts14, FiveTriesForTheSignatureThreeForAuthentication) {
  EXPECT_EQ(tries(kSignature), 5);
  EXPECT_EQ(tries(kAuthentication), 3);
}

TEST(JpkiFacts35, AtTheCounterAnIdentityDocumentIsShown) {
  Facts facts = with_both_certificates();
  facts.proofs = {};
  for (auto verb : kPinVerbs) EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "identity_not_proved");
  facts.proofs = shown(Proof::document_a);
  for (auto verb : kPinVerbs) EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "granted");
}

TEST(JpkiFacts35, AForgottenPinIsNotProvedByAPin) {
  Facts facts = with_both_certificates();
  facts.proofs = shown(Proof::pin, Proof::other_pin);
  EXPECT_EQ(outcome(ask({Verb::reset_pin, kSignature, {}}, facts)), "identity_not_proved");
  EXPECT_EQ(outcome(ask({Verb::unlock_pin, kSignature, {}}, facts)), "identity_not_proved");
  EXPECT_EQ(outcome(ask({Verb::change_pin, kSignature, {}}, facts)), "granted") << "who knows it changes it";
}

TEST(JpkiFacts35, AProxyComesWithTheInquiryLetter) {
  Facts facts = with_both_certificates();
  facts.applicant = Applicant::voluntary_agent;
  facts.proofs = shown(Proof::document_a);
  for (auto verb : kPinVerbs) EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "agent_without_letter");
  facts.proofs.add(Proof::inquiry_letter);
  for (auto verb : kPinVerbs) EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "granted");
}

TEST(JpkiFacts35, TheCounterSetsAnyPinTheRegistersToo) {
  for (auto pin : {RegisterPin::resident_register, RegisterPin::input_helper})
    for (auto verb : kPinVerbs)
      EXPECT_EQ(outcome(ask({verb, std::nullopt, pin}, with_both_certificates())), "granted") << name(pin);
}

TEST(JpkiFacts35, TheKioskNeverSetsTheRegistersOwnPins) {
  for (auto pin : {RegisterPin::resident_register, RegisterPin::input_helper})
    for (auto verb : {Verb::reset_pin, Verb::unlock_pin})
      EXPECT_EQ(outcome(ask({verb, std::nullopt, pin}, at_kiosk())), "register_pin_not_here") << name(pin);
}

TEST(JpkiFacts35, TheKioskNeedsTheOtherPin) {
  Facts facts = at_kiosk();
  facts.proofs = shown(Proof::face, Proof::document_a, Proof::pin);
  EXPECT_EQ(outcome(reset(facts)), "other_pin_unknown") << "never both PINs unknown";
}

TEST(JpkiFacts35, TheKioskNeedsTheFaceCheck) {
  Facts facts = at_kiosk();
  facts.proofs = shown(Proof::other_pin, Proof::document_a);
  EXPECT_EQ(outcome(reset(facts)), "face_not_compared");
}

TEST(JpkiFacts35, TheKioskIsForTheHolderAlone) {
  Facts facts = at_kiosk();
  facts.applicant = Applicant::voluntary_agent;
  facts.proofs = shown(Proof::other_pin, Proof::face, Proof::document_a, Proof::inquiry_letter);
  EXPECT_EQ(outcome(reset(facts)), "kiosk_for_the_holder");
  facts.applicant = Applicant::legal_representative;
  facts.proofs = shown(Proof::other_pin, Proof::face, Proof::document_a, Proof::document_a);
  EXPECT_EQ(outcome(reset(facts)), "kiosk_for_the_holder");
}

TEST(JpkiFacts35, TheSignaturePinAtSevenFamilyMartLawsonAndMinistop) {
  for (const auto* chain : {"seven_eleven", "familymart", "lawson", "ministop"})
    EXPECT_EQ(outcome(reset(at_kiosk(chain), kSignature)), "granted") << chain;
  EXPECT_EQ(outcome(reset(at_kiosk("aeon"), kSignature)), "chain_does_not_offer");
  EXPECT_EQ(outcome(reset(at_kiosk("corner_shop"), kSignature)), "chain_unknown");
}

TEST(JpkiFacts35, TheAuthenticationPinAtSevenAndAeon) {
  for (const auto* chain : {"seven_eleven", "aeon"})
    EXPECT_EQ(outcome(reset(at_kiosk(chain), kAuthentication)), "granted") << chain;
  for (const auto* chain : {"familymart", "lawson", "ministop"})
    EXPECT_EQ(outcome(reset(at_kiosk(chain), kAuthentication)), "chain_does_not_offer") << chain;
}

TEST(JpkiFacts35, TheReservationIsValidFor24Hours) {
  const auto at = [](std::string_view text) {
    Facts facts = at_kiosk();
    facts.reservation_made_at = moment("2026-11-22T09:00:00+09:00");
    facts.at = moment(text);
    return outcome(reset(facts, kSignature, format_date(jst_date(*facts.at))));
  };
  EXPECT_EQ(at("2026-11-22T08:59:59+09:00"), "reservation_not_valid") << "not made yet";
  EXPECT_EQ(at("2026-11-22T09:00:00+09:00"), "granted");
  EXPECT_EQ(at("2026-11-23T08:59:59+09:00"), "granted");
  EXPECT_EQ(at("2026-11-23T09:00:00+09:00"), "reservation_not_valid");
}

TEST(JpkiFacts35, TheKioskIsOpenFrom0630To2300) {
  const auto at = [](std::string_view text) {
    Facts facts = at_kiosk();
    facts.reservation_made_at = moment("2026-11-22T00:00:00+09:00");
    facts.at = moment(text);
    return outcome(reset(facts));
  };
  EXPECT_EQ(at("2026-11-22T06:29:59+09:00"), "kiosk_closed");
  EXPECT_EQ(at("2026-11-22T06:30:00+09:00"), "granted");
  EXPECT_EQ(at("2026-11-22T22:59:59+09:00"), "granted");
  EXPECT_EQ(at("2026-11-22T23:00:00+09:00"), "kiosk_closed");
  EXPECT_EQ(at("2026-11-21T21:30:00Z"), "granted") << "06:30 in Japan";
  EXPECT_EQ(at("2026-11-22T13:59:59Z"), "granted") << "22:59:59 in Japan";
}

TEST(JpkiFacts35, TheKioskIsFree) {
  EXPECT_EQ(reset(at_kiosk()).fee_yen(), 0);
}

TEST(JpkiFacts35, TheKioskRefusesRevokedAndExpiredCertificates) {
  for (const std::size_t which : {0U, 1U}) {
    Facts facts = at_kiosk();
    facts.certificates[which].state = CertificateState::revoked;
    EXPECT_EQ(outcome(reset(facts)), "kiosk_certificate_not_valid");
    facts.certificates[which].state = CertificateState::suspended;
    EXPECT_EQ(outcome(reset(facts)), "kiosk_certificate_not_valid");
    facts = at_kiosk();
    facts.certificates[which].not_after = day("2026-11-21");
    EXPECT_EQ(outcome(reset(facts)), "kiosk_certificate_not_valid");
    facts.certificates[which].not_after = day("2026-11-22");
    EXPECT_EQ(outcome(reset(facts)), "granted") << "on its last day";
  }
}

TEST(JpkiFacts35, TheKioskUnlocksAsItResets) {
  EXPECT_EQ(outcome(ask({Verb::unlock_pin, kSignature, {}}, at_kiosk())), "granted");
  EXPECT_EQ(outcome(ask({Verb::change_pin, kSignature, {}}, at_kiosk())), "office_not_competent");
}

TEST(RulesKiosk, AskedAboutADayTheReservationCoversOpeningTimeOfIt) {
  const auto made_at = [](std::string_view text) {
    Facts facts = at_kiosk();
    facts.at.reset();
    facts.reservation_made_at = moment(text);
    return outcome(reset(facts));
  };
  EXPECT_EQ(made_at("2026-11-22T09:00:00+09:00"), "granted");
  EXPECT_EQ(made_at("2026-11-22T22:59:59+09:00"), "granted");
  EXPECT_EQ(made_at("2026-11-22T23:00:00+09:00"), "reservation_not_valid") << "the kiosk has closed";
  EXPECT_EQ(made_at("2026-11-21T06:30:01+09:00"), "granted");
  EXPECT_EQ(made_at("2026-11-21T06:30:00+09:00"), "reservation_not_valid") << "over when the kiosk opens";
}

TEST(RulesKiosk, AShopThatIsClosedClosesItsKiosk) {
  Facts facts = at_kiosk();
  facts.office->hours = parse_hours("Mo-Sa 10:00-21:00");  // the day is a Sunday
  EXPECT_EQ(outcome(reset(facts)), "office_closed");
  facts.office->hours = parse_hours("10:00-21:00");
  EXPECT_EQ(outcome(reset(facts)), "granted");
  facts.office->hours = parse_hours("00:00-24:00");
  facts.at = moment("2026-11-22T23:00:00+09:00");
  EXPECT_EQ(outcome(reset(facts)), "kiosk_closed") << "the kiosk's own hours hold all the same";
}

TEST(RulesKiosk, ResidenceDoesNotMatter) {
  Facts facts = at_kiosk();
  facts.office->municipality = parse_municipality("01100");
  EXPECT_EQ(outcome(reset(facts)), "granted");
}

}  // namespace
}  // namespace shomei::rules
