// What a rule said, as a sentence for people: rendered from the finding's code and values, in either
// language.
#pragma once

#include <string>

#include "rules/finding.h"
#include "texts/says.h"

namespace shomei::explain {

std::string says(const rules::Finding& finding, texts::Language language);
// What would make a refusal pass; empty when the finding says nothing of it.
std::string would_pass_if(const rules::Finding& finding, texts::Language language);

}  // namespace shomei::explain
