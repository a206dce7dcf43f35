#include "counter/application.h"

#include <gtest/gtest.h>

#include <set>

namespace shomei::counter {
namespace {

using rules::Applicant;
using rules::Ground;
using rules::Proof;
using rules::Proofs;

const Date kToday = *parse_date("2026-11-24");

rules::Facts of(std::string_view born, bool adult_ward = false) {
  rules::Facts facts;
  facts.born = *parse_date(born);
  facts.adult_ward = adult_ward;
  return facts;
}

template <std::same_as<Proof>... P>
Proofs shown(P... proofs) {
  Proofs all;
  (all.add(proofs), ...);
  return all;
}

rules::Facts applied(rules::Facts facts, const Application& application = {}) {
  add_application(facts, application, kToday);
  return facts;
}

TEST(AddApplication, AnAdultAppliesInPersonWithADocument) {
  const auto facts = applied(of("1990-01-02"));
  EXPECT_EQ(facts.applicant, Applicant::self);
  EXPECT_EQ(facts.proofs, shown(Proof::document_a));
  EXPECT_FALSE(facts.ground);
  EXPECT_FALSE(facts.exception);
}

TEST(AddApplication, ForAChildTheRepresentativeAppliesWithADocumentOfEach) {
  const auto facts = applied(of("2011-11-25"));
  EXPECT_EQ(facts.applicant, Applicant::legal_representative);
  EXPECT_EQ(facts.proofs, shown(Proof::document_a, Proof::document_a));
  EXPECT_EQ(applied(of("2011-11-24")).applicant, Applicant::self) << "15 today";
}

TEST(AddApplication, ForAWardTheGuardianShowsTheCertificateToo) {
  const auto facts = applied(of("1941-06-30", true));
  EXPECT_EQ(facts.applicant, Applicant::legal_representative);
  EXPECT_EQ(facts.proofs, shown(Proof::document_a, Proof::document_a, Proof::guardianship_certificate));
}

TEST(AddApplication, AnAgentBringsTheLetterOfInquiry) {
  const auto facts = applied(of("1990-01-02"), {.applicant = Applicant::voluntary_agent});
  EXPECT_EQ(facts.applicant, Applicant::voluntary_agent);
  EXPECT_EQ(facts.proofs, shown(Proof::document_a, Proof::inquiry_letter));
}

TEST(AddApplication, WhatTheOfficerRecordedStands) {
  const auto facts = applied(of("2011-11-25"), {.applicant = Applicant::self,
                                                .proofs = shown(Proof::pin),
                                                .ground = Ground::leak,
                                                .exception = rules::Exception{"in hospital", true}});
  EXPECT_EQ(facts.applicant, Applicant::self);
  EXPECT_EQ(facts.proofs, shown(Proof::pin));
  EXPECT_EQ(facts.ground, Ground::leak);
  EXPECT_EQ(facts.exception, (rules::Exception{"in hospital", true}));
  EXPECT_EQ(applied(of("1990-01-02"), {.proofs = Proofs{}}).proofs, Proofs{}) << "nothing was shown";
}

TEST(AddApplication, ExOfficioNobodyAppliesAndNothingIsAttested) {
  for (auto ground : {Ground::office_fault, Ground::authority_compromise}) {
    const auto facts = applied(of("2011-11-25"), {.ground = ground});
    EXPECT_EQ(facts.ground, ground);
    EXPECT_FALSE(facts.applicant);
    EXPECT_EQ(facts.proofs, Proofs{});
  }
  const auto named =
      applied(of("1990-01-02"), {.applicant = Applicant::self, .ground = Ground::office_fault});
  EXPECT_EQ(named.applicant, Applicant::self);
  EXPECT_EQ(named.proofs, shown(Proof::document_a)) << "somebody applied after all";
  EXPECT_EQ(applied(of("1990-01-02"), {.ground = Ground::lost}).applicant, Applicant::self);
}

TEST(WordsOf, AnApplicationAreNoOthers) {
  const Application all[] = {{},
                             {.applicant = Applicant::self},
                             {.applicant = Applicant::voluntary_agent},
                             {.proofs = Proofs{}},
                             {.proofs = shown(Proof::document_b)},
                             {.proofs = shown(Proof::document_b, Proof::document_b)},
                             {.proofs = shown(Proof::document_a, Proof::document_b)},
                             {.ground = Ground::lost},
                             {.ground = Ground::wish},
                             {.exception = rules::Exception{"", false}},
                             {.exception = rules::Exception{"", true}},
                             {.exception = rules::Exception{"in hospital", false}},
                             {.exception = rules::Exception{"in hospital\nshown", false}}};
  std::set<std::string> words;
  for (const auto& application : all) words.insert(words_of(application));
  EXPECT_EQ(words.size(), std::size(all));
}

TEST(AddApplication, WithoutADayOfBirthThePersonApplies) {
  EXPECT_EQ(applied({}).applicant, Applicant::self);
}

}  // namespace
}  // namespace shomei::counter
