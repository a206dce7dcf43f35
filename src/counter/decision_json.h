// Facts and decisions in the form that the journal keeps (docs/formats/decision.md): ids and values, no
// sentences, members in alphabetical order, so that a decision can be computed again and compared.
#pragma once

#include <string>

#include "rules/decide.h"

namespace shomei::counter {

std::string encode_facts(const rules::Facts& facts);
std::string encode_decision(const rules::Decision& decision);

}  // namespace shomei::counter
