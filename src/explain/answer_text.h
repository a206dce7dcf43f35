// An answer for people, in either language.
#pragma once

#include <span>
#include <string>

#include "explain/changes.h"
#include "rules/decide.h"
#include "texts/says.h"

namespace shomei::explain {

// First the verdict, of a refusal what would make it pass, then what follows from it, then every rule that
// took part. Lines, each ended.
std::string answer_text(const rules::Decision& decision, texts::Language language);

// "Before 2024-05-27 (rule ...) the answer would have been: ...", a line each; empty when there are none.
std::string changes_text(std::span<const Change> changes, texts::Language language);

}  // namespace shomei::explain
