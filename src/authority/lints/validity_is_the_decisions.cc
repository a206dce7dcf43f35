// The validity is the decision's.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return r.in.tbs.not_before == r.in.decision.not_before() && r.in.tbs.not_after == r.in.decision.not_after();
}

}  // namespace

constinit const Lint kValidityIsTheDecisions{.id = "validity_is_the_decisions",
                                             .citation = "jpki-facts 3.2",
                                             .demand = "the validity is the decision's",
                                             .demand_ja = "有効期間が判断で認めたとおりである",
                                             .holds = holds};

}  // namespace shomei::authority::lints
