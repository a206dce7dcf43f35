#include <algorithm>

#include "app/command_list.h"
#include "app/question.h"
#include "explain/answer_text.h"
#include "explain/decision_json.h"
#include "rules/abroad/overseas_address.h"

namespace shomei::app {
namespace {

// What the certificate would show in the place of the address, in the reader's language.
std::string overseas_address(const Question& question, const rules::Decision& decision,
                             texts::Language language) {
  const auto shows_it = [](const rules::RuleOutcome& o) { return o.rule == &rules::kOverseasAddress; };
  if (!decision.granted() || std::ranges::none_of(decision.rules(), shows_it)) return {};
  const auto planned = question.facts.moving_abroad->planned;
  const auto& settings = question.rules.settings;
  return language == texts::Language::ja
             ? "住所の記載:" + rules::overseas_address_ja(settings, planned) + "\n"
             : "Address: " + rules::overseas_address_en(settings, planned) + "\n";
}

Result<cli::Output> why(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto question, question_from(invocation));
  const auto decision = rules::decide(question.rules, question.act, question.facts, question.on);
  const auto changes = explain::changes(question.rules, question.act, question.facts, question.on);
  const auto language = invocation.language;
  std::string text = explain::answer_text(decision, language) +
                     overseas_address(question, decision, language) +
                     explain::changes_text(changes, language);
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
