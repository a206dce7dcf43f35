#include <gtest/gtest.h>

#include "rules/rules_testing.h"

namespace shomei::rules {
namespace {

using Members = std::set<std::string>;

constexpr std::array kAllVerbs{Verb::issue,        Verb::renew,      Verb::revoke,    Verb::suspend,
                               Verb::restore,      Verb::change_pin, Verb::reset_pin, Verb::unlock_pin,
                               Verb::replace_card, Verb::notice,     Verb::event};
static_assert(kAllVerbs.size() == kVerbs);

Decision every(Verb verb, Facts facts, std::string_view on = kOrdinaryDay) {
  facts.event = Event::moved;
  return ask({verb, kSignature, {}}, facts, on);
}

// "the member and what it contradicts"; "" without a contradiction.
std::string contradiction(const Decision& decision) {
  for (const auto& [rule, finding] : decision.rules())
    if (finding.code == "facts_contradict")
      return format_value(finding.values.all()[0].value) + " and " +
             format_value(finding.values.all()[1].value);
  return {};
}

void expect_contradiction(const Facts& facts, std::string_view members) {
  for (const Verb verb : kAllVerbs) {
    const auto decision = every(verb, facts);
    EXPECT_EQ(decision.verdict(), Verdict::refused) << name(verb);
    EXPECT_EQ(contradiction(decision), members) << name(verb);
  }
}

TEST(RulesBadFacts, APeriodOfStayIsNoJapaneseNationals) {
  Facts facts = with_both_certificates();
  facts.period_of_stay_ends = day("2027-03-31");
  expect_contradiction(facts, "resident.period_of_stay_ends and resident.status");
}

TEST(RulesBadFacts, APeriodOfStayIsNotOfAStatusWithoutAnEnd) {
  for (auto status : {ResidenceStatus::permanent_resident, ResidenceStatus::special_permanent_resident,
                      ResidenceStatus::no_end_of_stay}) {
    Facts facts = foreign_resident("2027-03-31");
    facts.status = status;
    expect_contradiction(facts, "resident.period_of_stay_ends and resident.status");
  }
}

TEST(RulesBadFacts, BornAfterTheDay) {
  Facts facts = with_both_certificates();
  facts.born = day("2026-11-23");
  expect_contradiction(facts, "resident.born and on");
  facts.born = day("2026-11-22");
  EXPECT_EQ(contradiction(every(Verb::notice, facts)), "");
}

TEST(RulesBadFacts, DiedBeforeBorn) {
  Facts facts = with_both_certificates();
  facts.died = day("1990-01-01");
  expect_contradiction(facts, "resident.died and resident.born");
  facts.died = day("1990-01-02");
  EXPECT_EQ(contradiction(every(Verb::event, facts)), "");
}

TEST(RulesBadFacts, DiedAfterTheDay) {
  Facts facts = with_both_certificates();
  facts.died = day("2026-11-23");
  expect_contradiction(facts, "resident.died and on");
  facts.died = day("2026-11-22");
  EXPECT_EQ(contradiction(every(Verb::event, facts)), "");
}

TEST(RulesBadFacts, LeftTheRegisterBeforeBorn) {
  Facts facts = with_both_certificates();
  facts.left_register = day("1990-01-01");
  expect_contradiction(facts, "resident.left_register and resident.born");
}

TEST(RulesBadFacts, TheMomentIsOfAnotherDay) {
  Facts facts = with_both_certificates();
  facts.at = moment("2026-11-22T15:00:00Z");  // 00:00 of the 23rd in Japan
  expect_contradiction(facts, "at and on");
  facts.at = moment("2026-11-21T14:59:59Z");
  expect_contradiction(facts, "at and on");
  for (const auto* of_the_day : {"2026-11-21T15:00:00Z", "2026-11-22T14:59:59Z"}) {
    facts.at = moment(of_the_day);
    EXPECT_EQ(contradiction(every(Verb::event, facts)), "") << of_the_day;
  }
}

TEST(RulesBadFacts, TwoCertificatesOfAKindInForce) {
  Facts facts = with_both_certificates();
  facts.certificates.push_back(certificate(kSignature, "2028-01-02", CertificateState::suspended));
  const auto refused = every(Verb::notice, facts).refusal();
  EXPECT_EQ(refused.code, "two_certificates_in_force");
  EXPECT_EQ(refused.parameter("kind"), "signature");
  facts.certificates.back().state = CertificateState::revoked;
  EXPECT_EQ(contradiction(every(Verb::notice, facts)), "");
  facts.certificates.back() = certificate(kSignature, "2026-11-21");
  EXPECT_EQ(contradiction(every(Verb::notice, facts)), "");
}

TEST(RulesBadFacts, MissingBorn) {
  Facts facts = ordinary_citizen();
  facts.born.reset();
  EXPECT_EQ(members_missing(issue(kSignature, facts)), Members{"resident.born"});
  EXPECT_EQ(members_missing(issue(kAuthentication, facts)), Members{"resident.born"});
  EXPECT_FALSE(issue(kAuthentication, facts).granted());
  facts.certificates = {certificate(kSignature, "2027-01-02")};
  EXPECT_EQ(members_missing(renew(kSignature, facts)), Members{"resident.born"});
  EXPECT_EQ(members_missing(replace_card(facts, Ground::lost)), Members{"resident.born"});
  EXPECT_EQ(members_missing(ask({Verb::reset_pin, kSignature, {}}, facts)), Members{"resident.born"});
}

TEST(RulesBadFacts, MissingStatus) {
  Facts facts = ordinary_citizen();
  facts.status.reset();
  EXPECT_EQ(members_missing(issue(kSignature, facts)), Members{"resident.status"});
  EXPECT_FALSE(issue(kSignature, facts).granted());
  facts.certificates = {certificate(kSignature, "2027-01-02")};
  EXPECT_EQ(members_missing(renew(kSignature, facts)), Members{"resident.status"});
  EXPECT_EQ(members_missing(replace_card(facts, Ground::lost)), Members{"resident.status"});
}

TEST(RulesBadFacts, MissingCardValidUntil) {
  Facts facts = ordinary_citizen();
  facts.card_valid_until.reset();
  EXPECT_EQ(members_missing(issue(kSignature, facts)), Members{"card.valid_until"});
  EXPECT_FALSE(issue(kSignature, facts).granted());
  facts.certificates = {certificate(kSignature, "2027-01-02")};
  EXPECT_EQ(members_missing(renew(kSignature, facts)), Members{"card.valid_until"});
  for (auto verb : {Verb::change_pin, Verb::reset_pin, Verb::unlock_pin})
    EXPECT_EQ(members_missing(ask({verb, kSignature, {}}, facts)), Members{"card.valid_until"});
  EXPECT_EQ(members_missing(replace_card(facts, std::nullopt)), Members{"card.valid_until"});
}

TEST(RulesBadFacts, MissingPeriodOfStayOfAForeignResident) {
  Facts facts = ordinary_citizen();
  facts.status = ResidenceStatus::other_foreign_resident;
  EXPECT_EQ(members_missing(issue(kSignature, facts)), Members{"resident.period_of_stay_ends"});
  EXPECT_FALSE(issue(kSignature, facts).granted());
  EXPECT_EQ(members_missing(replace_card(facts, Ground::lost)), Members{"resident.period_of_stay_ends"});
  for (auto status : {ResidenceStatus::japanese, ResidenceStatus::permanent_resident,
                      ResidenceStatus::special_permanent_resident, ResidenceStatus::no_end_of_stay}) {
    facts.status = status;
    EXPECT_TRUE(issue(kSignature, facts).granted()) << name(status);
  }
}

TEST(RulesBadFacts, MissingChainAndReservationAtAKiosk) {
  Facts facts = at_office_of(with_both_certificates(), OfficeKind::kiosk);
  facts.proofs = shown(Proof::other_pin, Proof::face);
  const auto decision = ask({Verb::reset_pin, kSignature, {}}, facts);
  EXPECT_EQ(members_missing(decision), (Members{"office.chain", "reservation"}));
  EXPECT_FALSE(decision.granted());
  EXPECT_EQ(members_missing(ask({Verb::reset_pin, kSignature, {}}, with_both_certificates())), Members{});
}

TEST(RulesBadFacts, AnEventWithoutItsName) {
  EXPECT_EQ(members_missing(ask({Verb::event, {}, {}}, with_both_certificates())), Members{"event"});
}

TEST(RulesBadFacts, WhatDoesNotNeedAFactDoesNotAskForIt) {
  Facts facts = with_representative(Facts{});
  facts.certificates = {certificate(kSignature, "2031-01-02")};
  EXPECT_TRUE(ask({Verb::suspend, {}, {}}, facts).granted());
  EXPECT_TRUE(revoke(facts, Ground::lost).granted());
  EXPECT_TRUE(happens(Event::moved, facts).granted());
  EXPECT_TRUE(notice(facts).granted());
}

TEST(RulesBadFacts, WithoutAnyFactsNothingIsGrantedThatMakesSomething) {
  for (auto verb : {Verb::issue, Verb::change_pin, Verb::reset_pin, Verb::unlock_pin, Verb::replace_card})
    EXPECT_EQ(ask({verb, kSignature, {}}, {}).verdict(), Verdict::refused) << name(verb);
}

TEST(RulesFirstCards, ThereIsNothingToDecideBefore2016) {
  Facts facts = ordinary_citizen();
  facts.card_valid_until = day("2025-01-02");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2015-12-31")), "no_cards_yet");
  EXPECT_EQ(outcome(issue(kSignature, facts, "2016-01-01")), "2020-01-02");
  for (const Verb verb : kAllVerbs)
    EXPECT_EQ(outcome(every(verb, facts, "2015-12-31")), "no_cards_yet") << name(verb);
}

TEST(RulesStanding, ExactlyOneOfFour) {
  const auto stands = [](CertificateState state, std::string_view on) {
    return standing(certificate(kSignature, "2026-11-22", state), day(on));
  };
  EXPECT_EQ(stands(CertificateState::valid, "2026-11-22"), Standing::valid);
  EXPECT_EQ(stands(CertificateState::valid, "2026-11-23"), Standing::expired);
  EXPECT_EQ(stands(CertificateState::suspended, "2026-11-22"), Standing::suspended);
  EXPECT_EQ(stands(CertificateState::suspended, "2026-11-23"), Standing::expired);
  EXPECT_EQ(stands(CertificateState::revoked, "2026-11-22"), Standing::revoked);
  EXPECT_EQ(stands(CertificateState::revoked, "2026-11-23"), Standing::revoked);
}

}  // namespace
}  // namespace shomei::rules
