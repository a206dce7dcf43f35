// What `why` asks the rules, from one of three places: a facts file, a resident of a home, or an entry of its
// journal.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "rules/decide.h"

namespace shomei::app {

struct Question {
  rules::RuleSet rules;
  rules::Act act;
  rules::Facts facts;
  Date on;
  std::string recorded;  // of a journal entry: the decision as it was recorded; else empty
};

std::vector<cli::Option> question_options();

// malformed "question_unclear" unless there is exactly one of --facts, --resident and --journal; what the
// facts file, the home, the register and the journal say; not_found "entry_unknown",
// "entry_without_decision".
Result<Question> question_from(const cli::Invocation& invocation);

}  // namespace shomei::app
