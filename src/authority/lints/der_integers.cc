// Every INTEGER is in its shortest form.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::integer);
}

}  // namespace

constinit const Lint kDerIntegers{.id = "der_integers",
                                  .citation = "X.690 8.3.2",
                                  .demand = "every INTEGER is in its shortest form",
                                  .demand_ja = "INTEGER がすべて最短の形式である",
                                  .holds = holds};

}  // namespace shomei::authority::lints
