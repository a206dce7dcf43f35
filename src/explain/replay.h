// A decision that the journal keeps, made ready to be decided again: its rule set with its settings, its act,
// its facts and its day. What comes out must be what was recorded, bit for bit (docs/formats/decision.md).
#pragma once

#include <string_view>

#include "base/result.h"
#include "rules/decide.h"

namespace shomei::explain {

struct Replay {
  rules::RuleSet rules;
  rules::Act act;
  rules::Facts facts;
  Date on;
};

// The three texts of an entry. malformed as parse_facts, parse_settings and parse_act are; not_found
// "rule_set_unknown" {version, known} when this program does not know the rules by which it was decided.
Result<Replay> read_replay(std::string_view facts, std::string_view decision, std::string_view settings);

}  // namespace shomei::explain
