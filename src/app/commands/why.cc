#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "app/command_list.h"
#include "explain/act_words.h"
#include "explain/answer_text.h"
#include "explain/decision_json.h"
#include "explain/facts_json.h"
#include "files/file.h"
#include "home/clock.h"

namespace shomei::app {
namespace {

// What is asked of the rules, wherever it comes from.
struct Question {
  rules::RuleSet rules;
  rules::Act act;
  rules::Facts facts;
  Date on;
};

Result<Date> day_asked(const cli::Invocation& invocation, const rules::Facts& facts) {
  if (invocation.has("on")) return parse_date(invocation.get("on"));
  return jst_date(facts.at ? *facts.at : home::SystemClock().now());
}

// By its number: the name /dev/stdin leads through /proc, which main.cc closes to this very process.
Result<Bytes> read_stdin(std::size_t bytes_max) {
  Bytes content(bytes_max + 1);
  std::size_t filled = 0;
  while (filled < content.size()) {
    const auto count = ::read(STDIN_FILENO, content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return unavailable("file_unreadable",
                         {{"path", "-"}, {"system", std::generic_category().message(errno)}});
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled > bytes_max)
    return malformed("file_too_large", {{"path", "-"}, {"bytes_max", std::to_string(bytes_max)}});
  content.resize(filled);
  return content;
}

Result<rules::Facts> facts_of_file(const std::string& file) {
  SHOMEI_TRY(const auto text, file == "-" ? read_stdin(explain::kFactsBytesMax)
                                          : files::read_file(file, explain::kFactsBytesMax));
  auto facts = explain::parse_facts(to_text(text));
  if (!facts) return std::move(facts).error().with("file", file);
  return facts;
}

Result<Question> question_of_file(const cli::Invocation& invocation) {
  const std::string kind = invocation.get("kind");
  SHOMEI_TRY(const auto act, explain::parse_act(invocation.get("act"),
                                                invocation.has("kind") ? std::optional<std::string_view>(kind)
                                                                       : std::nullopt));
  SHOMEI_TRY(auto facts, facts_of_file(invocation.get("facts")));
  SHOMEI_TRY(const auto on, day_asked(invocation, facts));
  return Question{rules::current_rule_set(), act, std::move(facts), on};
}

cli::Output answer(const Question& question, texts::Language language) {
  const auto decision = rules::decide(question.rules, question.act, question.facts, question.on);
  const auto changes = explain::changes(question.rules, question.act, question.facts, question.on);
  return {explain::encode_answer(decision, language),
          explain::answer_text(decision, language) + explain::changes_text(changes, language),
          decision.granted() ? 0 : cli::exit_code(Fault::refused)};
}

Result<cli::Output> why(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto question, question_of_file(invocation));
  return answer(question, invocation.language);
}

}  // namespace

std::vector<cli::Command> why_commands() {
  return {
      {"why",
       "what the rules say to an act, and why: each rule that has a say, its source, since when",
       "shomei why --act issue --kind signature --facts facts.json --on 2026-11-22",
       {{"act", "ACT",
         "issue, renew, revoke, suspend, restore, change_pin, reset_pin, unlock_pin, replace_card, notice or "
         "event",
         true},
        {"kind", "KIND", "signature or user_authentication; of a PIN also resident_register or input_helper"},
        {"facts", "FILE", "the facts as JSON (docs/formats/decision.md); - reads them from stdin", true},
        {"on", "DAY", "the day in Japan; else that of `at` in the facts, else today"}},
       why}};
}

}  // namespace shomei::app
