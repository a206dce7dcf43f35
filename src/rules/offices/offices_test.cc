#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

constexpr std::array kOffices{
    OfficeKind::city_hall, OfficeKind::branch_office, OfficeKind::diplomatic_mission,
    OfficeKind::kiosk,     OfficeKind::online,        OfficeKind::call_centre};

// The kinds of office that say yes to the act.
std::set<std::string> competent_for(Verb verb, const Facts& facts) {
  std::set<std::string> competent;
  for (auto kind : kOffices)
    if (said_by(ask({verb, kSignature, {}}, at_office_of(facts, kind, "13225")), "office_kind") ==
        "office_competent")
      competent.insert(std::string(name(kind)));
  return competent;
}
using Offices = std::set<std::string>;

TEST(SeedHowToIssue, ApplyAtTheCityHallOrABranchOffice) {
  for (auto office : {OfficeKind::city_hall, OfficeKind::branch_office}) {
    EXPECT_TRUE(issue(kSignature, at_office_of(ordinary_citizen(), office, "13225")).granted());
    EXPECT_TRUE(
        renew(kSignature, at_office_of(with_both_certificates(), office, "13225"), "2030-12-01").granted());
  }
}

TEST(SeedHowToIssue, NoCertificateIsIssuedOrRenewedOnlineAtAKioskOrByPhone) {
  for (auto office : {OfficeKind::online, OfficeKind::kiosk, OfficeKind::call_centre}) {
    EXPECT_EQ(outcome(issue(kSignature, at_office_of(ordinary_citizen(), office))), "office_not_competent");
    EXPECT_EQ(outcome(renew(kSignature, at_office_of(with_both_certificates(), office), "2030-12-01")),
              "office_not_competent");
  }
}

TEST(SeedPins, ChangingResettingAndUnlockingIsAtTheCityHallOrABranchOffice) {
  const Facts facts = with_both_certificates();
  EXPECT_EQ(competent_for(Verb::change_pin, facts),
            (Offices{"city_hall", "branch_office", "diplomatic_mission"}));
  const Offices with_kiosk{"city_hall", "branch_office", "diplomatic_mission", "kiosk"};
  EXPECT_EQ(competent_for(Verb::reset_pin, facts), with_kiosk);
  EXPECT_EQ(competent_for(Verb::unlock_pin, facts), with_kiosk);
}

TEST(JpkiFacts31, TheMunicipalityOfResidenceIsTheFrontOffice) {
  Facts facts = at_office_of(ordinary_citizen(), OfficeKind::city_hall, "13224");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "office_of_another_place");
  facts.office->kind = OfficeKind::branch_office;
  EXPECT_EQ(outcome(issue(kSignature, facts)), "office_of_another_place");
  facts.registered_domicile = parse_municipality("13224");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "office_of_another_place")
      << "the domicile counts abroad alone";
}

TEST(JpkiFacts31, ForResidentsAbroadTheMissionOrTheDomicileIsTheFrontOffice) {
  Facts facts = ordinary_citizen();
  facts.moving_abroad = MovingAbroad{day("2026-11-22"), true};
  facts.registered_domicile = parse_municipality("01100");
  EXPECT_EQ(outcome(issue(kSignature, facts)), "office_of_another_place");
  EXPECT_TRUE(issue(kSignature, at_office_of(facts, OfficeKind::city_hall, "01100")).granted());
  EXPECT_TRUE(issue(kSignature, at_office_of(facts, OfficeKind::diplomatic_mission)).granted());
}

TEST(JpkiFacts34, TheCallCentreSuspendsRoundTheClockAndDoesNothingElse) {
  Facts facts = at_office_of(with_both_certificates(), OfficeKind::call_centre);
  facts.office->hours = parse_hours("Mo-Fr 09:00-17:00");
  facts.proofs = {};
  for (const auto* at :
       {"2026-11-22T00:00:00+09:00", "2026-11-22T03:00:00+09:00", "2026-11-22T23:59:59+09:00"}) {
    facts.at = moment(at);
    EXPECT_TRUE(ask({Verb::suspend, {}, {}}, facts).granted()) << at;
  }
  for (auto verb : {Verb::issue, Verb::renew, Verb::revoke, Verb::restore, Verb::change_pin, Verb::reset_pin,
                    Verb::unlock_pin, Verb::replace_card})
    EXPECT_EQ(said_by(ask({verb, kSignature, {}}, facts), "office_kind"), "office_not_competent");
}

TEST(JpkiFacts34, ARevocationIsAppliedForOnlineWithThePin) {
  Facts facts = at_office_of(with_both_certificates(), OfficeKind::online);
  facts.proofs = shown(Proof::pin);
  EXPECT_EQ(kinds_ended(revoke(facts, Ground::wish, kSignature)), "signature");
  facts.proofs = shown(Proof::document_a);
  EXPECT_EQ(outcome(revoke(facts, Ground::wish, kSignature)), "online_needs_pin");
}

TEST(RulesOffices, MissionsActForThoseAbroadAlone) {
  const Facts facts = at_office_of(ordinary_citizen(), OfficeKind::diplomatic_mission);
  EXPECT_EQ(outcome(issue(kSignature, facts)), "mission_for_residents_abroad");
}

TEST(RulesOffices, AnOfficeActsInItsHours) {
  Facts facts = ordinary_citizen();
  facts.office->hours = parse_hours("Mo-Fr 08:30-17:15");
  const auto at = [&](std::string_view text) {
    facts.at = moment(text);
    return outcome(issue(kSignature, facts, format_date(jst_date(*facts.at))));
  };
  EXPECT_EQ(at("2026-11-20T08:29:59+09:00"), "office_closed");
  EXPECT_EQ(at("2026-11-20T08:30:00+09:00"), "2031-01-02");
  EXPECT_EQ(at("2026-11-20T17:14:59+09:00"), "2031-01-02");
  EXPECT_EQ(at("2026-11-20T17:15:00+09:00"), "office_closed");
  EXPECT_EQ(at("2026-11-22T10:00:00+09:00"), "office_closed") << "a Sunday";
  EXPECT_EQ(at("2026-11-19T23:30:00Z"), "2031-01-02") << "08:30 in Japan";
}

TEST(RulesOffices, AskedAboutADayAnOfficeIsOpenAtSomeMomentOfIt) {
  Facts facts = ordinary_citizen();
  facts.office->hours = parse_hours("Mo-Fr 08:30-17:15");
  EXPECT_TRUE(issue(kSignature, facts, "2026-11-20").granted());
  EXPECT_EQ(outcome(issue(kSignature, facts, "2026-11-22")), "office_closed");
}

TEST(RulesOffices, WithoutHoursAnOfficeIsOpen) {
  Facts facts = ordinary_citizen();
  facts.at = moment("2026-11-22T03:00:00+09:00");
  EXPECT_TRUE(issue(kSignature, facts).granted());
}

TEST(RulesOffices, WithoutAnOfficeTheRulesOnOfficesHaveNoSay) {
  Facts facts = ordinary_citizen();
  facts.office.reset();
  const auto decision = issue(kSignature, facts);
  EXPECT_TRUE(decision.granted());
  for (const auto* id : {"office_kind", "office_of_residence", "missions", "office_hours"})
    EXPECT_FALSE(takes_part(decision, id)) << id;
}

}  // namespace
}  // namespace shomei::rules
