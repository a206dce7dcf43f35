// The tables that rule_titles.cc searches, one a chapter; each is defined in of_<chapter>.cc.
#pragma once

#include "explain/rule_titles.h"

namespace shomei::explain {

std::span<const RuleTitle> of_facts();
std::span<const RuleTitle> of_who();
std::span<const RuleTitle> of_abroad();
std::span<const RuleTitle> of_offices();
std::span<const RuleTitle> of_pins();
std::span<const RuleTitle> of_suspension();
std::span<const RuleTitle> of_renewal();
std::span<const RuleTitle> of_until();
std::span<const RuleTitle> of_ends();
std::span<const RuleTitle> of_fees();
std::span<const RuleTitle> of_card();

}  // namespace shomei::explain
