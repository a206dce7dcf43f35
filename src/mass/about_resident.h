// Which entries of mass acts concern a resident. An entry about thousands is not recorded as being about each
// of them: the lists that were fixed say whose certificates it was about.
#pragma once

#include <map>
#include <vector>

#include "mass/parts.h"

namespace shomei::mass {

// An act whose list or record cannot be gone by, and why: refused "mass_list_altered", not_found
// "mass_list_missing", malformed "mass_list_form", internal "mass_record_broken", unavailable
// "file_unreadable". What it says of the resident is not known; that others are not read for it would hide
// what is.
struct UnreadAct {
  ActId order;
  Error why;
};

struct AboutResident {
  // By the sequences of the entries: which certificates of the resident each was about.
  std::map<std::uint64_t, std::vector<Line>> entries;
  std::vector<UnreadAct> unread;
};

// As far as the lists are in the folder: an order that was planned on another machine is not found. Takes as
// long as reading the lists does. Unavailable: what the rows say.
Result<AboutResident> about_resident(const Folder& folder, journal::Rows& rows, const ResidentId& resident);

}  // namespace shomei::mass
