// The phases of acts, over the entries of a journal in order: an act is whole, or intent, result,
// confirmation, or intent and written off. A mass act has a result for each of its parts. An act is known by
// its fingerprint in a PassTable.
#pragma once

#include <optional>
#include <string>

#include "journal/entry.h"
#include "journal/part.h"
#include "journal/pass_table.h"

namespace shomei::journal {

// How many results the entry's act may have.
enum class Results : std::uint8_t { one, many };
inline constexpr std::string_view kMassActs = "mass_";  // how the names of acts begin that may have many
Results results_of(const Fields& officer);

PassTable::Key key_of(const ActId& act);
// Nothing when the phase may follow what the table has of the act, or when this pass is not about it; else
// one sentence.
std::optional<std::string> follow_phase(PassTable& table, const Entry& entry, Results results);
bool is_act(std::uint64_t value);  // whether follow_phase() has put it

}  // namespace shomei::journal
