#include "explain/answer_text.h"

#include <gtest/gtest.h>

#include "explain/act_words.h"
#include "explain/facts_json.h"

namespace shomei::explain {
namespace {

using texts::Language;

const auto kSet = rules::current_rule_set();
const std::string kEmigrant =
    R"({"resident":{"born":"1990-01-02","status":"japanese","moving_abroad":{"planned":"2026-11-22",)"
    R"("continued_use":true}},"certificates":[{"kind":"signature","not_after":"2027-01-02"},)"
    R"({"kind":"user_authentication","not_after":"2027-01-02"}],"event":"moved_abroad"})";

struct Question {
  rules::Act act;
  rules::Facts facts;
  Date on;
};
Question question(std::string_view act, std::string_view kind, std::string_view on, std::string_view facts) {
  return {*parse_act(act, kind.empty() ? std::nullopt : std::optional(kind)), *parse_facts(facts),
          *parse_date(on)};
}
std::string text(const Question& q, Language language) {
  return answer_text(rules::decide(kSet, q.act, q.facts, q.on), language);
}
std::vector<Change> found_for(const Question& q) {
  return changes(kSet, q.act, q.facts, q.on);
}

TEST(AnswerText, BeginsWithTheVerdictAndWhatFollows) {
  const auto q = question("event", "", "2026-11-22", kEmigrant);
  const std::string en = text(q, Language::en);
  EXPECT_TRUE(en.starts_with(
      "Granted: event of the register or the card on 2026-11-22\nFee: free\n"
      "Ends: signature certificate from 2026-11-22 00:00:00 (recorded attributes changed)\nRules ("))
      << en;
  EXPECT_TRUE(text(q, Language::ja)
                  .starts_with("可:異動等の届出(2026-11-22)\n手数料:無料\n"
                               "失効:署名用電子証明書、2026-11-22 00:00:00 から(記録事項の変更)\n規則("));
}

TEST(AnswerText, ARefusalSaysFirstWhatWouldMakeItPass) {
  const auto q = question("reset_pin", "input_helper", "2026-11-22",
                          R"({"resident":{"born":"1990-01-02"},"card":{"valid_until":"2034-05-05"}})");
  EXPECT_TRUE(text(q, Language::en)
                  .starts_with("Refused: reset of the PIN of the input helper on 2026-11-22\n"
                               "What would make it pass:\n  - Show one document of list A or two of list B.\n"
                               "Rules ("));
  EXPECT_TRUE(text(q, Language::ja)
                  .starts_with("不可:券面事項入力補助用の暗証番号の初期化(2026-11-22)\n"
                               "できるようにするには:\n  - A書類1点またはB書類2点を示してください。\n規則("));
}

TEST(AnswerText, EveryRuleThatTookPartHasItsSentenceAndItsSource) {
  const auto q = question("notice", "", "2026-11-22", "{}");
  const std::string en = text(q, Language::en);
  EXPECT_TRUE(en.starts_with("Not applicable: expiry notice of both certificates on 2026-11-22\nRules ("))
      << en;
  const auto decision = rules::decide(kSet, q.act, q.facts, q.on);
  for (const auto& [rule, finding] : decision.rules()) {
    EXPECT_NE(en.find(std::string(rule->id) + " | " + texts::shown_citation(rule->citation, Language::en) +
                      " | since "),
              std::string::npos);
  }
  EXPECT_NE(en.find("\n  [pass]   The person is alive, and in the register or abroad.\n"), std::string::npos);
}

TEST(Changes, TellWhatTheLawSaidBefore) {
  const auto found = found_for(question("event", "", "2026-11-22", kEmigrant));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(format_date(found[0].day), "2024-05-27");
  EXPECT_TRUE(found[0].before);
  EXPECT_EQ(found[0].answer.ends.size(), 2U);
  EXPECT_EQ(changes_text(found, Language::en),
            "Before 2024-05-27 (rules departure, departure_with_continued_use) the answer would have been: "
            "granted, "
            "free, ends: signature certificate from 2026-11-22 00:00:00 (no longer in use), ends: user "
            "authentication certificate from 2026-11-22 00:00:00 (no longer in use)\n");
  EXPECT_TRUE(changes_text(found, Language::ja)
                  .starts_with("2024-05-27 より前の規則(departure, departure_with_continued_use)では:可"));
}

TEST(Changes, TellWhatTheLawWillSay) {
  const auto found = found_for(question(
      "issue", "user_authentication", "2023-12-14",
      R"({"resident":{"born":"1990-01-02","status":"japanese"},"card":{"kind":"face_authentication","valid_until":"2033-05-05"},)"
      R"("proofs":["document_a"]})"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].before);
  EXPECT_TRUE(changes_text(found, Language::en)
                  .starts_with("From 2023-12-15 on (rules face_authentication_not_yet, "
                               "face_authentication_card) the answer will be: granted, last day 2028-01-02"))
      << changes_text(found, Language::en);
}

TEST(Changes, AreNoneWhereTheLawSaysTheSame) {
  EXPECT_TRUE(found_for(question("notice", "", "2026-11-22", "{}")).empty());
  EXPECT_TRUE(found_for(question("event", "", "2015-12-31", kEmigrant)).empty());
  EXPECT_EQ(changes_text({}, Language::en), "");
}

// A correction that begins later is told, and leaves today's answer alone.
TEST(Changes, SeeARuleThatIsAdded) {
  static constexpr rules::Rule kFeeLater{.id = "fee_later",
                                         .citation = "test",
                                         .since = std::chrono::year{2028} / 4 / 1,
                                         .until = std::nullopt,
                                         .acts = {rules::Verb::event},
                                         .reads = {},
                                         .apply = [](const rules::Case&) -> std::optional<rules::Finding> {
                                           return rules::informs("free_of_charge", {}, rules::Fee{300});
                                         }};
  auto set = rules::current_rule_set();
  std::vector<const rules::Rule*> listed(set.rules.begin(), set.rules.end());
  listed.push_back(&kFeeLater);
  set.rules = listed;
  const auto q = question("event", "", "2026-11-22", R"({"event":"died"})");
  const auto found = changes(set, q.act, q.facts, q.on);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(changes_text(found, Language::en),
            "From 2028-04-01 on (rule fee_later) the answer will be: granted, 300 yen\n");
}

}  // namespace
}  // namespace shomei::explain
