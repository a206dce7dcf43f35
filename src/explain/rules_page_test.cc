#include "explain/rules_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "explain/examples.h"
#include "explain/milestone_texts.h"
#include "explain/rule_titles.h"
#include "explain/setting_texts.h"
#include "rules/timeline.h"

namespace shomei::explain {
namespace {

namespace fs = std::filesystem;

const fs::path kTop = SHOMEI_SOURCE;

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(kTop / path, std::ios::binary);
  if (!file) return not_found("no_file");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::set<std::string> ids_of_rules() {
  std::set<std::string> ids;
  for (const auto* rule : rules::current_rule_set().rules) ids.emplace(rule->id);
  return ids;
}

TEST(RuleTitles, EveryRuleHasOneAndNoneIsOfARuleThatIsNotThere) {
  std::set<std::string> told;
  for (const auto& title : rule_titles()) {
    EXPECT_TRUE(told.emplace(title.id).second) << title.id << " has two titles";
    for (const auto text : {title.title_en, title.title_ja, title.demands_en, title.demands_ja})
      EXPECT_FALSE(text.empty()) << title.id;
    EXPECT_TRUE(title.demands_en.ends_with('.')) << title.id;
    EXPECT_TRUE(title.demands_ja.ends_with("。")) << title.id;
  }
  for (const auto& id : ids_of_rules()) EXPECT_TRUE(told.contains(id)) << id << " has no title";
  for (const auto& id : told) EXPECT_TRUE(ids_of_rules().contains(id)) << id << " is no rule";
}

TEST(RuleTitles, EveryChapterHasOne) {
  std::set<std::string_view> told, there;
  for (const auto& title : chapter_titles()) EXPECT_TRUE(told.insert(title.chapter).second);
  for (const auto* rule : rules::current_rule_set().rules) there.insert(rules::chapter(*rule));
  EXPECT_EQ(told, there);
  EXPECT_EQ(find_chapter("who")->title_ja, "発行の対象と申請者");
  EXPECT_EQ(find_chapter("nowhere"), nullptr);
}

TEST(MilestoneTexts, EveryDayOfTheTimelineHasOneAndNoneIsOfAnother) {
  std::set<std::string_view> told, there;
  for (const auto& text : milestone_texts()) {
    EXPECT_TRUE(told.insert(text.id).second) << text.id;
    EXPECT_FALSE(text.en.empty() || text.ja.empty()) << text.id;
  }
  for (const auto& row : rules::timeline()) there.insert(row.id);
  EXPECT_EQ(told, there);
}

TEST(SettingTexts, ShowTheDefaultsAsTheyStand) {
  std::map<std::string_view, std::string> shown;
  for (const auto& setting : setting_texts({})) {
    EXPECT_TRUE(shown.emplace(setting.name, setting.default_value).second) << setting.name;
    EXPECT_FALSE(setting.en.empty() || setting.ja.empty()) << setting.name;
  }
  EXPECT_EQ(shown["renewal_counts_from"], "old_last_day");
  EXPECT_EQ(shown["hold_is_final"], "true");
  EXPECT_EQ(shown["key_doubt"], "keyCompromise");
  EXPECT_EQ(shown["recording_error"], "unspecified");
  EXPECT_EQ(shown["stay_special_period_since"], "none");
}

TEST(SettingTexts, NameTheKeysOfAHomesSettingsAndOfTheJournal) {
  const auto of_home = read_file("src/home/settings.cc");
  const auto of_journal = read_file("src/explain/settings_json.cc");
  ASSERT_TRUE(of_home && of_journal);
  for (const auto& setting : setting_texts({})) {
    const auto quoted = [](std::string_view text) { return '"' + std::string(text) + '"'; };
    EXPECT_THAT(*of_home, testing::HasSubstr(quoted(setting.key)));
    EXPECT_THAT(*of_journal, testing::HasSubstr(quoted(setting.name)));
  }
}

// The rules that refuse, in the order in which they were asked.
std::vector<std::string_view> refusing(const rules::Decision& decision) {
  std::vector<std::string_view> ids;
  for (const auto& [rule, finding] : decision.rules())
    if (finding.outcome == rules::Outcome::refuse) ids.push_back(rule->id);
  return ids;
}

// The rule took part, and said what the list of examples states; where it refuses, it alone does.
TEST(Examples, EachSaysWhatItIsAnExampleOf) {
  const auto set = rules::current_rule_set();
  for (const auto& example : examples()) {
    SCOPED_TRACE(command_of(example));
    const auto facts = read_file(path_of(example));
    ASSERT_TRUE(facts) << path_of(example) << " is not there";
    const auto decision = decide_example(example, set, *facts);
    ASSERT_TRUE(decision) << decision.error().code << " " << decision.error().parameter("member");
    const auto* finding = finding_of(example, *decision);
    ASSERT_NE(finding, nullptr) << "the rule takes no part";
    EXPECT_EQ(name(finding->outcome), example.outcome);
    if (example.outcome == "refuse")
      EXPECT_THAT(refusing(*decision), testing::ElementsAre(example.rule));
    else
      EXPECT_THAT(refusing(*decision), testing::IsEmpty());
  }
}

TEST(Examples, EachRuleHasTwoOfWhichTheFileIsThere) {
  std::map<std::string_view, int> count;
  std::set<std::string> told, there;
  for (const auto& example : examples()) {
    ++count[example.rule];
    EXPECT_TRUE(told.insert(path_of(example)).second) << path_of(example) << " is listed twice";
  }
  for (const auto& id : ids_of_rules()) EXPECT_GE(count[id], 2) << id;
  for (const auto& entry : fs::recursive_directory_iterator(kTop / "docs/examples/rules"))
    if (entry.is_regular_file()) there.insert(fs::relative(entry.path(), kTop).generic_string());
  EXPECT_EQ(told, there);
}

// A rule that can both let pass and refuse shows both.
TEST(Examples, ShowARefusalOfEveryRuleThatRefusesForItsOwnReason) {
  std::map<std::string_view, std::set<std::string_view>> outcomes;
  for (const auto& example : examples()) outcomes[example.rule].insert(example.outcome);
  for (const std::string_view id : {"resident_in_register",
                                    "card_in_force",
                                    "signature_age",
                                    "signature_adult_ward",
                                    "one_certificate_of_a_kind",
                                    "representative_needed",
                                    "proof_of_self",
                                    "proof_of_representative",
                                    "proof_of_agent",
                                    "face_authentication_card",
                                    "continued_use_abroad",
                                    "new_card_abroad",
                                    "office_kind",
                                    "office_of_residence",
                                    "missions",
                                    "office_hours",
                                    "kiosk_chain",
                                    "kiosk_hours",
                                    "kiosk_reservation",
                                    "kiosk_proof",
                                    "kiosk_certificates",
                                    "renewal_window",
                                    "notice_recipient"}) {
    EXPECT_TRUE(outcomes[id].contains("pass")) << id;
    EXPECT_TRUE(outcomes[id].contains("refuse")) << id;
  }
}

TEST(RulesPage, NamesEveryRuleItsFileAndItsExamples) {
  const auto page = rules_page(rules::current_rule_set(), read_file);
  ASSERT_TRUE(page) << page.error().code;
  for (const auto& id : ids_of_rules()) EXPECT_NE(page->find("\n### " + id + "\n"), std::string::npos) << id;
  for (const auto& example : examples())
    EXPECT_NE(page->find(command_of(example)), std::string::npos) << example.name;
  for (const auto* rule : rules::current_rule_set().rules) {
    const fs::path file = kTop / "src/rules" / rules::chapter(*rule) / (std::string(rule->id) + ".cc");
    EXPECT_TRUE(fs::exists(file)) << file;
  }
  EXPECT_EQ(*page, *rules_page(rules::current_rule_set(), read_file));
}

TEST(RulesPage, TellsWhichExampleCannotBeRead) {
  const auto page = rules_page(rules::current_rule_set(),
                               [](const std::string&) -> Result<std::string> { return std::string("{"); });
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().parameter("file"), path_of(examples().front()));
  const auto none = rules_page(rules::current_rule_set(), [](const std::string&) -> Result<std::string> {
    return not_found("no_file");
  });
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().parameter("file"), path_of(examples().front()));
}

}  // namespace
}  // namespace shomei::explain
