// Every BOOLEAN is 00 or FF.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::boolean);
}

}  // namespace

constinit const Lint kDerBooleans{.id = "der_booleans",
                                  .citation = "X.690 11.1",
                                  .demand = "every BOOLEAN is 00 or FF",
                                  .demand_ja = "BOOLEAN がすべて 00 または FF である",
                                  .holds = holds};

}  // namespace shomei::authority::lints
