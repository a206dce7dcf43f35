#include "app/command_list.h"
#include "app/question.h"
#include "explain/answer_text.h"
#include "explain/decision_json.h"

namespace shomei::app {
namespace {

Result<cli::Output> why(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto question, question_from(invocation));
  const auto decision = rules::decide(question.rules, question.act, question.facts, question.on);
  const auto changes = explain::changes(question.rules, question.act, question.facts, question.on);
  const auto language = invocation.language;
  std::string text = explain::answer_text(decision, language) + explain::changes_text(changes, language);
  if (!question.recorded.empty()) {
    if (explain::encode_record(decision) != question.recorded)
      return conflict("replay_differs", {{"sequence", invocation.get("journal")}});
    text += language == texts::Language::ja ? "記録された判断と完全に一致します。\n"
                                            : "The recorded decision is the same, bit for bit.\n";
  }
  return cli::Output{explain::encode_answer(decision, language), text,
                     decision.granted() ? 0 : cli::exit_code(Fault::refused)};
}

}  // namespace

std::vector<cli::Command> why_commands() {
  return {{"why", "what the rules say to an act, and why: each rule that has a say, its source, since when",
           "shomei why --act issue --kind signature --facts facts.json --on 2026-11-22", question_options(),
           why}};
}

}  // namespace shomei::app
