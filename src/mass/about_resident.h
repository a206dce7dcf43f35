// Which entries of mass acts concern a resident. An entry about thousands is not recorded as being about each
// of them: the lists that were fixed say whose certificates it was about.
#pragma once

#include <map>
#include <vector>

#include "mass/parts.h"

namespace shomei::mass {

// By the sequences of the entries: which certificates of the resident each was about. As far as the lists are
// in the folder: an order that was planned on another machine is not found. Takes as long as reading the
// lists does. refused "mass_list_altered"; internal "mass_record_broken"; what the rows say.
using AboutResident = std::map<std::uint64_t, std::vector<Line>>;
Result<AboutResident> about_resident(const Folder& folder, journal::Rows& rows, const ResidentId& resident);

}  // namespace shomei::mass
