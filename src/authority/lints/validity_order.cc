// The validity does not end before it begins.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return r.in.tbs.not_before <= r.in.tbs.not_after;
}

}  // namespace

constinit const Lint kValidityOrder{.id = "validity_order",
                                    .citation = "RFC 5280 4.1.2.5",
                                    .demand = "the validity does not end before it begins",
                                    .demand_ja = "有効期間の終わりが始まりより前でない",
                                    .holds = holds};

}  // namespace shomei::authority::lints
