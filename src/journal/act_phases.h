// The phases of acts, over the entries of a journal in order: an act is whole, or intent, result,
// confirmation, or intent and written off. An act is known by its fingerprint in a PassTable.
#pragma once

#include <optional>
#include <string>

#include "journal/entry.h"
#include "journal/pass_table.h"

namespace shomei::journal {

PassTable::Key key_of(const ActId& act);
// Nothing when the phase may follow what the table has of the act, or when this pass is not about it; else
// one sentence.
std::optional<std::string> follow_phase(PassTable& table, const Entry& entry);
bool is_act(std::uint64_t value);  // whether follow_phase() has put it

}  // namespace shomei::journal
