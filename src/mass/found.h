// Found: what a query has found, in numbers: what officers look at before they approve it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "mass/fixed_list.h"

namespace shomei::mass {

using Counts = std::map<std::string, std::uint64_t>;

inline constexpr std::size_t kSampleMax = 10;

struct Found {
  std::uint64_t certificates = 0;  // on the list
  std::uint64_t residents = 0;     // whose they are
  Counts by_municipality;
  Counts by_kind;
  Counts by_authority;
  // What the query is about and the act is not, by why: "revoked", "suspended" (of a suspension), "expired".
  Counts passed_over;
  std::map<std::string, Date> last_days;  // by kind: the latest
  std::vector<Line> sample;               // at random, at most kSampleMax
};

std::string encode_found(const Found& found);      // JSON
Result<Found> parse_found(std::string_view json);  // internal "mass_record_broken"

}  // namespace shomei::mass
