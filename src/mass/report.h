// Report: what became of a mass act: computed from its entries and its list, so that it is the same whoever
// makes it, and however often the act was interrupted.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mass/batch.h"
#include "mass/found.h"
#include "mass/standing.h"

namespace shomei::mass {

// A revocation list that shows the act.
struct ShownIn {
  std::string name;  // "signature-1/13225/delta"
  std::uint64_t number = 0;
  Instant this_update;
};

struct Report {
  Standing standing;
  Counts by_municipality, by_kind, by_authority;  // of those that have become what the act makes of them
  Counts passed_over;                             // by why, since they were fixed
  std::uint64_t residents = 0;                    // to be told
  std::vector<ShownIn> lists;
};

Result<Report> report_of(const Standing& standing, const FixedList& list, const Authorities& authorities);
// JSON, of the documents of the command line.
std::string encode_report(const Report& report);
std::string encode_standing(const Standing& standing);

}  // namespace shomei::mass
