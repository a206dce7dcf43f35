// Every OBJECT IDENTIFIER is whole and in its shortest form.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::oid);
}

}  // namespace

constinit const Lint kDerOids{.id = "der_oids",
                              .citation = "X.690 8.19",
                              .demand = "every OBJECT IDENTIFIER is whole and in its shortest form",
                              .demand_ja = "OBJECT IDENTIFIER がすべて完全で最短の形式である",
                              .holds = holds};

}  // namespace shomei::authority::lints
