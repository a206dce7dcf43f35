// The members of every SET OF stand in ascending order.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::set_order);
}

}  // namespace

constinit const Lint kDerSets{.id = "der_sets",
                              .citation = "X.690 11.6",
                              .demand = "the members of every SET OF stand in ascending order",
                              .demand_ja = "SET OF の要素がすべて昇順である",
                              .holds = holds};

}  // namespace shomei::authority::lints
