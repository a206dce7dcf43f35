// What is asked for, from the two words that a person types: `--act change_pin --kind signature`.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "rules/act.h"

namespace shomei::explain {

// `kind` may name a register's own PIN for the three PIN acts. malformed "act_unknown" {act, known},
// "kind_unknown" {act, kind, known}, "kind_needed" {act, known}. Of
// `event` and `replace_card` a kind has no say: they are about the whole card.
Result<rules::Act> parse_act(std::string_view act, std::optional<std::string_view> kind);

// "signature", "resident_register"; empty when the act has none.
std::string_view kind_word(const rules::Act& act);

}  // namespace shomei::explain
