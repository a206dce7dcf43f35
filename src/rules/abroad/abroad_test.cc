#include <gtest/gtest.h>

#include "rules/abroad/overseas_address.h"
#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

Facts abroad_since(std::string_view planned, bool continued_use = true) {
  return at_office_of(moving_abroad(planned, continued_use), OfficeKind::city_hall, "13225");
}

Facts without_signature(Facts facts) {
  facts.certificates = {certificate(kAuthentication, "2031-01-02")};
  return facts;
}

TEST(SeedCertificateInformation, TheAddressOfThoseMovingAbroadIsThePlannedDay) {
  const auto decision = issue(kSignature, without_signature(moving_abroad("2026-12-01")));
  EXPECT_EQ(said_by(decision, "overseas_address"), "overseas_address_shown");
  for (const auto& [rule, finding] : decision.rules())
    if (rule->id == "overseas_address") EXPECT_EQ(format_value(finding.values.all()[0].value), "2026-12-01");
  EXPECT_EQ(overseas_address_ja({}, day("2026-12-01")), "国外転出 2026/12/01(予定)");
  EXPECT_EQ(overseas_address_en({}, day("2026-12-01")), "Moving Abroad 2026/12/01 (Scheduled Move Date)");
}

TEST(SeedCertificateInformation, UserAuthenticationRecordsNoAddress) {
  EXPECT_FALSE(takes_part(issue(kAuthentication, moving_abroad("2026-12-01")), "overseas_address"));
}

TEST(SeedHowToIssue, AbroadAtADiplomaticMissionOrTheRegisteredDomicile) {
  Facts facts = without_signature(abroad_since("2026-10-01"));
  facts.municipality = parse_municipality("13225");
  facts.registered_domicile = parse_municipality("01100");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "office_of_another_place") << "no longer the residence's";
  EXPECT_TRUE(issue(kSignature, at_office_of(facts, OfficeKind::city_hall, "01100")).granted());
  EXPECT_TRUE(issue(kSignature, at_office_of(facts, OfficeKind::diplomatic_mission)).granted());
}

TEST(SeedHowToIssue, TheCardForThoseMovingAbroadIsRenewedAtAMissionOrTheDomicile) {
  Facts facts = abroad_since("2026-10-01");
  EXPECT_TRUE(renew(kSignature, facts, "2030-12-01").granted());
  EXPECT_TRUE(renew(kSignature, at_office_of(facts, OfficeKind::diplomatic_mission), "2030-12-01").granted());
}

TEST(SeedPins, AbroadAtADiplomaticMissionOrTheRegisteredDomicile) {
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin}) {
    Facts facts = abroad_since("2026-10-01");
    facts.registered_domicile = parse_municipality("01100");
    EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "office_of_another_place") << name(verb);
    EXPECT_TRUE(ask({verb, kSignature, {}}, at_office_of(facts, OfficeKind::city_hall, "01100")).granted());
    EXPECT_TRUE(ask({verb, kSignature, {}}, at_office_of(facts, OfficeKind::diplomatic_mission)).granted());
  }
}

TEST(JpkiFacts36, UseAbroadIsPossibleSince20240527) {
  const Facts facts =
      without_signature(at_office_of(abroad_since("2024-05-01"), OfficeKind::diplomatic_mission));
  EXPECT_EQ(outcome(issue(kSignature, facts, "2024-05-26")), "card_lapsed_abroad");
  EXPECT_TRUE(issue(kSignature, facts, "2024-05-27").granted());
}

TEST(JpkiFacts36, UseAbroadIsForJapaneseNationalsOnly) {
  for (auto status : {ResidenceStatus::permanent_resident, ResidenceStatus::special_permanent_resident,
                      ResidenceStatus::no_end_of_stay}) {
    Facts facts = without_signature(abroad_since("2026-10-01"));
    facts.status = status;
    EXPECT_EQ(outcome(issue(kSignature, facts)), "continued_use_for_nationals") << name(status);
    EXPECT_EQ(outcome(replace_card(facts, Ground::lost)), "continued_use_for_nationals") << name(status);
  }
  Facts facts = without_signature(abroad_since("2026-10-01"));
  facts.status.reset();
  EXPECT_TRUE(members_missing(issue(kSignature, facts)).contains("resident.status"));
}

TEST(JpkiFacts36, TheFaceOfTheCardGetsThePlannedDate) {
  for (const auto* on : {"2026-11-30", "2026-12-01", "2027-06-01"}) {
    const auto decision = issue(kSignature, without_signature(abroad_since("2026-12-01")), on);
    EXPECT_TRUE(decision.granted());
    EXPECT_TRUE(takes_part(decision, "overseas_address")) << on;
  }
  EXPECT_FALSE(takes_part(issue(kSignature, without_signature(abroad_since("2026-12-01", false))),
                          "overseas_address"));
}

TEST(JpkiFacts36, ReissueIsPossibleBeforeDeparture) {
  const Facts facts = moving_abroad("2026-12-01");
  const auto decision = issue(kSignature, facts, "2026-11-30");
  EXPECT_EQ(outcome(decision), "2031-01-02");
  EXPECT_EQ(ends_of(decision), "signature from 2026-11-30T00:00:00+09:00 superseded");
  EXPECT_TRUE(takes_part(decision, "overseas_address"));
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-12-01")), "certificate_held_already")
      << "on the day of departure the rules for those abroad hold";
  EXPECT_EQ(outcome(issue(kAuthentication, facts, "2026-11-30")), "certificate_held_already")
      << "it shows no address";
}

TEST(JpkiFacts36, NoReissueBeforeDepartureWithoutContinuedUse) {
  EXPECT_EQ(outcome(issue(kSignature, moving_abroad("2026-12-01", false))), "certificate_held_already");
}

TEST(JpkiFacts36, NoReissueBeforeDepartureForForeignNationals) {
  Facts facts = moving_abroad("2026-12-01");
  facts.status = ResidenceStatus::permanent_resident;
  EXPECT_EQ(outcome(issue(kSignature, facts)), "certificate_held_already");
}

TEST(JpkiFacts36, NoReissueBeforeDepartureBefore20240527) {
  const Facts facts = moving_abroad("2024-06-10");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2024-05-26")), "certificate_held_already");
  EXPECT_TRUE(issue(kSignature, facts, "2024-05-27").granted());
}

TEST(JpkiFacts36, BeforeDepartureTheMunicipalityIsCompetentAndNoMission) {
  const Facts facts = without_signature(abroad_since("2026-12-01"));
  EXPECT_TRUE(issue(kSignature, facts, "2026-11-30").granted());
  const Facts at_mission = at_office_of(facts, OfficeKind::diplomatic_mission);
  EXPECT_EQ(outcome(issue(kSignature, at_mission, "2026-11-30")), "mission_for_residents_abroad");
  EXPECT_TRUE(issue(kSignature, at_mission, "2026-12-01").granted());
}

TEST(JpkiFacts36, MissionsActSince20240527) {
  const Facts facts = at_office_of(moving_abroad("2024-05-01"), OfficeKind::diplomatic_mission);
  for (auto verb : {Verb::issue, Verb::renew, Verb::restore, Verb::change_pin, Verb::reset_pin,
                    Verb::unlock_pin, Verb::replace_card}) {
    EXPECT_EQ(said_by(ask({verb, kSignature, {}}, facts, "2024-05-26"), "missions_not_yet"),
              "missions_not_yet");
    EXPECT_EQ(said_by(ask({verb, kSignature, {}}, facts, "2024-05-27"), "missions"), "mission_competent");
  }
  Facts at_home = at_office_of(with_both_certificates(), OfficeKind::diplomatic_mission);
  for (auto verb : {Verb::revoke, Verb::suspend})
    EXPECT_TRUE(ask({verb, kSignature, {}}, at_home, "2026-11-22").granted()) << "they protect: any counter";
}

TEST(JpkiFacts36, WithoutTheProcedureCardAndCertificatesLapse) {
  const Facts facts = without_signature(abroad_since("2026-11-22", false));
  EXPECT_EQ(outcome(issue(kSignature, facts)), "card_lapsed_abroad");
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin})
    EXPECT_EQ(outcome(ask({verb, kSignature, {}}, facts)), "card_lapsed_abroad");
  EXPECT_TRUE(issue(kSignature, facts, "2026-11-21").granted()) << "the day before";
}

TEST(JpkiFacts36, ANewCardIsFreeFor90DaysAfterMoveOutAnd1000YenFromDay91) {
  Facts facts = abroad_since("2026-09-01", false);
  EXPECT_EQ(replace_card(facts, std::nullopt, "2026-09-01").fee_yen(), 0);
  EXPECT_EQ(replace_card(facts, std::nullopt, "2026-11-30").fee_yen(), 0) << "day 90";
  EXPECT_EQ(replace_card(facts, std::nullopt, "2026-12-01").fee_yen(), 1000) << "day 91";
  EXPECT_EQ(replace_card(facts, std::nullopt, "2030-12-01").fee_yen(), 1000);
}

TEST(JpkiFacts36, The90DaysRunThroughALeapFebruary) {
  Facts facts = abroad_since("2027-12-31", false);
  EXPECT_EQ(replace_card(facts, std::nullopt, "2028-03-30").fee_yen(), 0);
  EXPECT_EQ(replace_card(facts, std::nullopt, "2028-03-31").fee_yen(), 1000);
}

TEST(JpkiFacts36, PeopleWhoLeftSince20151005ApplyFromAbroad) {
  const auto applies = [](std::string_view planned) {
    return outcome(replace_card(at_office_of(moving_abroad(planned, false), OfficeKind::diplomatic_mission),
                                std::nullopt));
  };
  EXPECT_EQ(applies("2015-10-04"), "left_too_long_ago");
  EXPECT_EQ(applies("2015-10-05"), "granted");
  EXPECT_EQ(applies("2015-10-06"), "granted");
}

TEST(RulesAbroad, AResidentIsAbroadWhenThePlannedDayIsNotAfterTheDay) {
  const Facts facts = without_signature(abroad_since("2026-11-22"));
  EXPECT_FALSE(takes_part(issue(kSignature, facts, "2026-11-21"), "continued_use_abroad"));
  EXPECT_EQ(said_by(issue(kSignature, facts, "2026-11-22"), "continued_use_abroad"), "card_used_abroad");
}

TEST(RulesAbroad, TheRegisterThatIsLeftForAbroadDoesNotKeepOneFromCertificates) {
  Facts facts = without_signature(abroad_since("2026-11-22"));
  facts.left_register = day("2026-11-22");
  EXPECT_TRUE(issue(kSignature, facts).granted());
}

}  // namespace
}  // namespace shomei::rules
