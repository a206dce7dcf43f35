// What each rule, and each chapter of rules, is called and demands, in plain sentences of both languages, for
// docs/rules.md and for people who ask. The tables stand in titles/of_<chapter>.cc; a test compares them with
// the rule set. All text has static storage.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace shomei::explain {

struct RuleTitle {
  std::string_view id;
  std::string_view title_en;
  std::string_view title_ja;
  std::string_view demands_en;
  std::string_view demands_ja;
};

struct ChapterTitle {
  std::string_view chapter;  // the folder below src/rules/
  std::string_view title_en;
  std::string_view title_ja;
};

// Null when there is none.
const RuleTitle* find_title(std::string_view rule_id);
const ChapterTitle* find_chapter(std::string_view chapter);

std::vector<RuleTitle> rule_titles();
std::span<const ChapterTitle> chapter_titles();

}  // namespace shomei::explain
