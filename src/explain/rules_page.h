// docs/rules.md, made from the code: every rule with its source, its dates, what it reads, the acts that it
// is about and its examples, then the settings with their defaults, then the timeline; in both languages.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "rules/rule_set.h"

namespace shomei::explain {

// Hands out the text of a file by its path from the top of the repository.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

// The page as Markdown, byte for byte the same for the same rules. The error of the first example that
// cannot be read, with its `file`.
Result<std::string> rules_page(const rules::RuleSet& set, const ReadFile& read);

}  // namespace shomei::explain
