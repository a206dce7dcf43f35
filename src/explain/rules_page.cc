#include "explain/rules_page.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "explain/examples.h"
#include "explain/milestone_texts.h"
#include "explain/rule_titles.h"
#include "explain/says.h"
#include "explain/setting_texts.h"
#include "rules/timeline.h"

namespace shomei::explain {
namespace {

using texts::Language;

constexpr Date kFirstDay = std::chrono::year{1} / 1 / 1;  // of a rule that begins before all others

constexpr std::string_view kDocs = "docs/";  // where the page stands: links begin below it

std::string code(std::string_view text) {
  return "`" + std::string(text) + "`";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

// The anchor that Markdown viewers give a heading: lower case, spaces as hyphens, no punctuation.
std::string anchor(std::string_view heading) {
  std::string text;
  for (const char c : heading) {
    if (c == ' ') text += '-';
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') text += c;
    if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string link(std::string_view text, std::string_view target) {
  return "[" + std::string(text) + "](" + std::string(target) + ")";
}

struct Chapter {
  const ChapterTitle* title;
  std::string heading;
  std::vector<const rules::Rule*> rules;  // in the order in which they are asked
};

std::vector<Chapter> chapters(const rules::RuleSet& set) {
  std::vector<Chapter> all;
  for (const auto& title : chapter_titles())
    all.push_back({&title, std::to_string(all.size() + 1) + " " + std::string(title.title_en), {}});
  for (const rules::Rule* rule : set.rules)
    for (auto& chapter : all)
      if (chapter.title->chapter == rules::chapter(*rule)) chapter.rules.push_back(rule);
  return all;
}

const RuleTitle& title_of(const rules::Rule& rule) {
  const auto* title = find_title(rule.id);
  SHOMEI_INVARIANT(title != nullptr);
  return *title;
}

std::string in_force(const rules::Rule& rule) {
  const std::string last = rule.until ? format_date(add_days(*rule.until, -1)) : "";
  if (rule.since == kFirstDay) return "to " + last;
  return rule.until ? format_date(rule.since) + " to " + last : "since " + format_date(rule.since);
}

std::string acts_of(const rules::Rule& rule) {
  std::vector<std::string> words;
  for (int i = 0; i < rules::kVerbs; ++i)
    if (const auto verb = static_cast<rules::Verb>(i); rule.acts.contains(verb))
      words.push_back(code(name(verb)));
  return joined(words);
}

std::string reads_of(const rules::Rule& rule) {
  std::vector<std::string> words;
  for (int i = 0; i < rules::kFacts; ++i)
    if (const auto fact = static_cast<rules::Fact>(i); rule.reads.contains(fact))
      words.push_back(code(name(fact)));
  return words.empty() ? "-" : joined(words);
}

std::string quoted(const rules::Finding& finding, Language language) {
  const std::string would_pass = would_pass_if(finding, language);
  std::string text = says(finding, language);
  if (!would_pass.empty()) text += (language == Language::ja ? " → " : " To pass: ") + would_pass;
  return text;
}

Result<std::string> example_text(const Example& example, const rules::RuleSet& set, const ReadFile& read) {
  const auto facts = read(path_of(example));
  if (!facts) return Error(facts.error()).with("file", path_of(example));
  auto decision = decide_example(example, set, *facts);
  if (!decision) return std::move(decision).error().with("file", path_of(example));
  const auto* finding = finding_of(example, *decision);
  std::string text = "Example " + link(code(example.name), path_of(example).substr(kDocs.size())) + ": **" +
                     std::string(name(decision->verdict())) + "**";
  // An example whose rule has no say is the tests' business (rules_page_test.cc).
  text += finding ? ", this rule: **" + std::string(name(finding->outcome)) + "**\n\n" : "\n\n";
  text += "    " + command_of(example) + "\n\n";
  if (finding)
    text += "> " + quoted(*finding, Language::en) + "\n>\n> " + quoted(*finding, Language::ja) + "\n\n";
  return text;
}

Result<std::string> rule_text(const rules::Rule& rule, const rules::RuleSet& set, const ReadFile& read) {
  const auto& title = title_of(rule);
  const std::string file =
      "src/rules/" + std::string(rules::chapter(rule)) + "/" + std::string(rule.id) + ".cc";
  std::string text = "### " + std::string(rule.id) + "\n\n";
  text += "**" + std::string(title.title_en) + "** / **" + std::string(title.title_ja) + "**\n\n";
  text += std::string(title.demands_en) + "\n\n" + std::string(title.demands_ja) + "\n\n";
  text += "- In force (施行): " + in_force(rule) + "\n";
  text += "- Source (根拠): " + std::string(rule.citation) + "\n";
  text += "- Acts (手続): " + acts_of(rule) + "\n";
  text += "- Reads (参照する事実): " + reads_of(rule) + "\n";
  text += "- Code (コード): " + link(file, "../" + file) + "\n\n";
  for (const auto& example : examples()) {
    if (example.rule != rule.id) continue;
    SHOMEI_TRY(const std::string shown, example_text(example, set, read));
    text += shown;
  }
  return text;
}

std::string opening(const rules::RuleSet& set) {
  return "# The rules of the certificates\n\n"
         "<!-- Made from the code by ./dev rules-page. Edit the rules, their titles and examples, not this "
         "page. -->\n\n"
         "What the rules demand, one after the other, with the source of each, the days on which it holds, "
         "and "
         "examples that anyone can run. A decision asks every rule that holds on the day and is about the "
         "act; "
         "one refusal refuses. What the sources are is told in " +
         link("sources.md", "sources.md") + ", the facts file and the answer in " +
         link("formats/decision.md", "formats/decision.md") +
         ".\n\n"
         "電子証明書に関する規則を、根拠、施行日、実行できる例とともに示します。"
         "判断では、その日に効力があり、その手続に関係する規則をすべて確認します。"
         "1つでも不可があれば、手続はできません。根拠の出典は " +
         link("sources.md", "sources.md") + "、事実の書式と回答は " +
         link("formats/decision.md", "formats/decision.md") +
         " にあります。\n\n"
         "Rule set (規則集の版): " +
         code(set.version) + ", " + std::to_string(set.rules.size()) + " rules. " +
         "What a rule says: `pass` (適合), `refuse` (不可), `limit` (期限の上限), `inform` (効果・案内). "
         "The decision: `granted` (可), `refused` (不可), `not_applicable` (該当なし).\n\n";
}

constexpr std::string_view kSettings = "Settings";
constexpr std::string_view kTimeline = "Timeline";

std::string contents(const std::vector<Chapter>& all) {
  std::string text = "## Contents\n\n";
  for (const auto& chapter : all) {
    text += "- " + link(chapter.heading, "#" + anchor(chapter.heading)) + " / " +
            std::string(chapter.title->title_ja) + "\n";
    for (const rules::Rule* rule : chapter.rules)
      text += "  - " + link(title_of(*rule).title_en, "#" + std::string(rule->id)) + " / " +
              std::string(title_of(*rule).title_ja) + "\n";
  }
  text += "- " + link(kSettings, "#" + anchor(kSettings)) + " / 設定\n";
  return text + "- " + link(kTimeline, "#" + anchor(kTimeline)) + " / 年表\n\n";
}

std::string settings_text(const rules::Settings& defaults) {
  std::string text = "## " + std::string(kSettings) +
                     "\n\n**設定**\n\n"
                     "What the sources leave open is a setting, with the choice that stands when nothing is "
                     "set. A home has them in the table `[rules]` of its settings; every decision records "
                     "those that differ.\n\n"
                     "出典から定まらない事項は設定とし、指定がないときの既定値を示します。ホームの設定の "
                     "`[rules]` に書きます。"
                     "既定値と異なる設定は、判断ごとに記録します。\n\n";
  for (const auto& setting : setting_texts(defaults)) {
    text += "- " + code(setting.key) + " = " + code(setting.default_value);
    if (setting.key != setting.name) text += " (in a decision: " + code(setting.name) + ")";
    text += "\n  - " + std::string(setting.en) + "\n  - " + std::string(setting.ja) + "\n";
  }
  return text + "\n";
}

std::string ids(const std::vector<const rules::Rule*>& found) {
  std::vector<std::string> words;
  for (const rules::Rule* rule : found) words.push_back(link(rule->id, "#" + std::string(rule->id)));
  return joined(words);
}

std::string row(const rules::Milestone& milestone, const rules::RuleSet& set) {
  const auto* what = find_milestone_text(milestone.id);
  SHOMEI_INVARIANT(what != nullptr);
  std::string text = "- **" + format_when(milestone) + "**" +
                     (milestone.confirmed ? "" : " (UNCONFIRMED, 未確認)") + " " + std::string(what->en) +
                     " / " + std::string(what->ja) + " (" + std::string(milestone.source) + ")\n";
  const auto begin = rules_that_begin(set, milestone.on);
  const auto end = rules_that_end(set, milestone.on);
  if (milestone.on == rules::kFirstCards)
    text += "  - begin (施行): every rule that names no other day (他の日の定めがない規則すべて)\n";
  else if (!begin.empty())
    text += "  - begin (施行): " + ids(begin) + "\n";
  if (!end.empty()) text += "  - end (廃止): " + ids(end) + "\n";
  return text;
}

std::string timeline_text(const rules::RuleSet& set) {
  std::string text =
      "## " + std::string(kTimeline) +
      "\n\n**年表**\n\n"
      "The days on which law or service changed, and the rules that begin or end on them. Where "
      "none is named, no rule here depends on the change.\n\n"
      "制度やサービスが変わった日と、その日に施行・廃止される規則です。"
      "規則の記載がない日は、この規則集に影響しません。\n\n";
  for (const auto& milestone : rules::timeline()) text += row(milestone, set);
  return text;
}

}  // namespace

Result<std::string> rules_page(const rules::RuleSet& set, const ReadFile& read) {
  const auto all = chapters(set);
  std::string text = opening(set) + contents(all);
  for (const auto& chapter : all) {
    text += "## " + chapter.heading + "\n\n**" + std::string(chapter.title->title_ja) + "**\n\n";
    for (const rules::Rule* rule : chapter.rules) {
      SHOMEI_TRY(const std::string shown, rule_text(*rule, set, read));
      text += shown;
    }
  }
  return text + settings_text(set.settings) + timeline_text(set);
}

}  // namespace shomei::explain
