// No default value is written. The BOOLEANs of a certificate are critical and cA, both FALSE by default.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::default_on);
}

}  // namespace

constinit const Lint kDerDefaults{.id = "der_defaults",
                                  .citation = "X.690 11.5",
                                  .demand = "no default value is written",
                                  .demand_ja = "既定値が書かれていない",
                                  .holds = holds};

}  // namespace shomei::authority::lints
