#include "explain/says.h"

#include <gtest/gtest.h>

#include <set>

#include "rules/act.h"
#include "rules/facts.h"
#include "texts/words.h"

namespace shomei::explain {
namespace {

using rules::Fact;
using texts::Language;

constexpr Date kDay = std::chrono::year{2026} / 11 / 22;

TEST(ExplainSays, FillsWordsAndDaysIntoTheSentence) {
  const auto finding = rules::refuses(
      "certificate_held_already", "would_pass_for_cause",
      {{"kind", rules::name(rules::Kind::signature)}, {"not_after", kDay}, {"renewable_from", kDay}});
  EXPECT_EQ(says(finding, Language::en),
            "The card holds a signature certificate until 2026-11-22; it can be renewed from 2026-11-22.");
  EXPECT_EQ(says(finding, Language::ja),
            "カードには 2026-11-22 まで有効な署名用電子証明書があります。更新は 2026-11-22 からできます。");
  EXPECT_TRUE(would_pass_if(finding, Language::en).starts_with("Renew from 2026-11-22 on"));
}

TEST(ExplainSays, NamesOfFactsStayAsTheyAre) {
  for (int i = 0; i < rules::kFacts; ++i) {
    const auto fact = static_cast<Fact>(i);
    const auto finding = rules::lacks(fact);
    for (const auto language : {Language::en, Language::ja}) {
      const std::string member = " " + std::string(rules::name(fact));
      EXPECT_NE((" " + says(finding, language)).find(member), std::string::npos) << member;
      EXPECT_NE((" " + would_pass_if(finding, language)).find(member), std::string::npos) << member;
    }
  }
  const auto contradiction =
      rules::refuses("facts_contradict", "would_pass_when_facts_agree", {{"member", "at"}, {"other", "on"}});
  EXPECT_EQ(says(contradiction, Language::en),
            "The facts contradict each other: at and the day that is asked about.");
}

TEST(ExplainSays, OnlyARefusalSaysWhatWouldPass) {
  EXPECT_EQ(would_pass_if(rules::passes("resident_in_register"), Language::en), "");
}

template <class E>
void every_word_is_said(int last) {
  for (int i = 0; i <= last; ++i) {
    const auto text = rules::name(static_cast<E>(i));
    EXPECT_NE(texts::word(text, Language::ja), text) << text;
    EXPECT_EQ(texts::word(text, Language::en).find('_'), std::string_view::npos) << text;
  }
}

TEST(ExplainWords, EveryWordOfTheFactsIsKnown) {
  every_word_is_said<rules::Kind>(1);
  every_word_is_said<rules::Verb>(rules::kVerbs - 1);
  every_word_is_said<rules::RegisterPin>(1);
  every_word_is_said<rules::ResidenceStatus>(4);
  every_word_is_said<rules::CardKind>(1);
  every_word_is_said<rules::CardState>(4);
  every_word_is_said<rules::CertificateState>(2);
  every_word_is_said<rules::OfficeKind>(5);
  every_word_is_said<rules::Applicant>(2);
  every_word_is_said<rules::Ground>(10);
  every_word_is_said<rules::Event>(8);
  every_word_is_said<rules::Reason>(6);
}

TEST(ExplainWords, AnUnknownWordIsShownAsItIs) {
  EXPECT_EQ(texts::word("no_such_word", Language::ja), "no_such_word");
  EXPECT_EQ(texts::word("", Language::en), "");
}

}  // namespace
}  // namespace shomei::explain
