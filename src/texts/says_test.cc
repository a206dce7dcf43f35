#include "texts/says.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace shomei::texts {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

void collect(const std::string& text, const std::regex& form, std::set<std::string>& codes) {
  for (std::sregex_iterator it(text.begin(), text.end(), form), end; it != end; ++it)
    for (std::size_t group = 1; group < it->size(); ++group)
      if ((*it)[group].matched) codes.insert((*it)[group].str());
}

// The codes of findings: every word in a call of passes(), refuses(), ... before its values begin, so that
// both of `open ? "a" : "b"` count.
void collect_findings(const std::string& text, std::set<std::string>& codes) {
  static const std::regex kCall(R"(\b(?:passes|refuses|informs|limits|charges)\(([^{;]*))");
  static const std::regex kWord(R"re("([a-z0-9_]+)")re");
  static const std::regex kWouldPass(R"re("(would_pass_[a-z0-9_]+)")re");
  collect(text, kWouldPass, codes);
  codes.erase("would_pass_code");  // the name of the parameter
  for (std::sregex_iterator it(text.begin(), text.end(), kCall), end; it != end; ++it)
    collect((*it)[1].str(), kWord, codes);
}

// Every first argument of malformed(...), refused(...), ... and everything given to a member *code in the
// product's source, and what the rules say.
std::set<std::string> codes_in_source() {
  static const std::regex kUse(
      R"((?:malformed|refused|not_found|conflict|unavailable|internal)\(\s*"([a-z0-9_]+)\"|[._]code = "([a-z0-9_]+)\")");
  std::set<std::string> codes;
  for (const auto& entry : fs::recursive_directory_iterator(SHOMEI_SOURCE "/src")) {
    const auto path = entry.path();
    const auto name = path.filename().string();
    if ((path.extension() != ".cc" && path.extension() != ".h") || name.ends_with("_test.cc") ||
        name.starts_with("test_"))
      continue;
    const std::string text = read(path);
    collect(text, kUse, codes);
    if (path.string().starts_with(SHOMEI_SOURCE "/src/rules/")) collect_findings(text, codes);
  }
  return codes;
}

TEST(Says, EveryCodeInTheSourceHasASentenceInBothLanguages) {
  std::set<std::string> said;
  for (const auto& table : all_sentences())
    for (const auto& s : table) {
      EXPECT_TRUE(said.insert(std::string(s.code)).second) << s.code << " has two sentences";
      EXPECT_FALSE(s.en.empty() || s.ja.empty()) << s.code;
    }
  const auto used = codes_in_source();
  ASSERT_GT(used.size(), 10U) << "the search finds nothing any more";
  for (const auto& code : used) EXPECT_TRUE(said.contains(code)) << code << " is used and has no sentence";
  for (const auto& code : said) EXPECT_TRUE(used.contains(code)) << code << " has a sentence and is not used";
}

TEST(Says, WhatTheRulesRefusedInWordsOfPeople) {
  Error error =
      refused("certificate_held_already", {{"kind", "user_authentication"}, {"not_after", "2031-01-02"}});
  EXPECT_NE(says(error, Language::ja).find("user_authentication"), std::string::npos) << "said by no rule";
  error = std::move(error).with("rule_id", "one_certificate_of_a_kind");
  EXPECT_NE(says(error, Language::ja).find("利用者証明用電子証明書"), std::string::npos);
}

TEST(Says, FillsParametersAndPutsThePlaceInFront) {
  const Error error =
      malformed("date_form", {{"text", "2026-2-1"}}).with("file", "people.jsonl").with("line", "7");
  EXPECT_EQ(says(error, Language::en),
            "people.jsonl:7: \"2026-2-1\" is not a day: write it as YYYY-MM-DD, for example 2026-11-22.");
  EXPECT_TRUE(says(error, Language::ja).starts_with("people.jsonl:7: 「2026-2-1」は日付"));
}

TEST(ShownCitation, NamesWhatACitationAbbreviates) {
  EXPECT_EQ(shown_citation("seed: fee (free)", Language::en), "City of Inagi: fee (free)");
  EXPECT_EQ(shown_citation("seed: fee (free)", Language::ja), "稲城市: fee (free)");
  EXPECT_EQ(
      shown_citation("law on the calculation of ages; seed: age restriction; jpki-facts 3.1", Language::en),
      "law on the calculation of ages; City of Inagi: age restriction; collected facts 3.1");
  EXPECT_EQ(shown_citation("jpki-facts 3.4; jpki-facts 3.8", Language::ja), "収集資料 3.4; 収集資料 3.8");
  EXPECT_EQ(shown_citation("RFC 5280 4.2.1.3", Language::ja), "RFC 5280 4.2.1.3");
}

TEST(ShownCitation, IsWhatARefusalNames) {
  const Error error =
      refused("signature_age_not_reached", {{"fifteenth_birthday", "2026-12-01"}}, "seed: age");
  EXPECT_TRUE(says(error, Language::en).ends_with(" (rule: City of Inagi: age)"))
      << says(error, Language::en);
  EXPECT_TRUE(says(error, Language::ja).ends_with("(根拠: 稲城市: age)")) << says(error, Language::ja);
}

}  // namespace
}  // namespace shomei::texts
