// Examples of the rules that a reader can run: the facts of each stand in
// docs/examples/rules/<rule>/<name>.json, and `shomei why` answers. They are shown in docs/rules.md, and a
// test holds what each says.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "rules/decide.h"

namespace shomei::explain {

// The words are those of the command line; all have static storage.
struct Example {
  std::string_view rule;
  std::string_view name;
  std::string_view act;
  std::string_view kind;  // of a certificate or of a register's PIN; empty: none
  std::string_view on;
  std::string_view outcome;  // what the rule says: "pass", "refuse", "limit" or "inform"
};

// In the order of the rules.
std::span<const Example> examples();

std::string path_of(const Example& example);     // from the top of the repository
std::string command_of(const Example& example);  // to run there

// The decision over the facts in the file, or why they cannot be read.
Result<rules::Decision> decide_example(const Example& example, const rules::RuleSet& set,
                                       std::string_view facts_json);

// What the example's rule says in the decision; null when it took no part.
const rules::Finding* finding_of(const Example& example, const rules::Decision& decision);

}  // namespace shomei::explain
