// Fixes what a mass act is about: asks the query of every certificate, writes those that it finds and that
// are in force into the list, and records the order as an intent. Nothing is carried out by it.
#pragma once

#include <functional>

#include "mass/parts.h"
#include "mass/query.h"

namespace shomei::mass {

struct Wish {
  Verb verb{};
  Query query;
  std::optional<rules::Ground> ground;
  std::optional<rules::Reason> reason;
  std::string cause;
  counter::Officer officer;
};

using Looked = std::function<void(std::uint64_t certificates)>;  // now and then

// The same request again is answered with the order of the first time. refused "mass_query_empty",
// "mass_nothing_found", "mass_reason_unfit", and what the rules refuse; conflict "request_differs";
// malformed "part_too_long" where the municipalities are more than an entry can count. What is refused leaves
// its trace.
Result<Order> fix(const Parts& parts, const Wish& wish, const Looked& looked = {});

}  // namespace shomei::mass
