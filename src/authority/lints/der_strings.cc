// Every string keeps to the alphabet of its type.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.der_faults.has(DerFault::string);
}

}  // namespace

constinit const Lint kDerStrings{.id = "der_strings",
                                 .citation = "X.680 41.4; RFC 3629 3",
                                 .demand = "every string keeps to the alphabet of its type",
                                 .demand_ja = "文字列がすべてその型の文字だけからなる",
                                 .holds = holds};

}  // namespace shomei::authority::lints
