// The validity ends at 23:59:59 of a day in Japan.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return r.in.tbs.not_after == last_second(jst_date(r.in.tbs.not_after));
}

}  // namespace

constinit const Lint kValidityEndsWithDay{.id = "validity_ends_with_day",
                                          .citation = "jpki-facts 2.2",
                                          .demand = "the validity ends at 23:59:59 of a day in Japan",
                                          .demand_ja = "有効期間が日本時間の23時59分59秒に終わる",
                                          .holds = holds};

}  // namespace shomei::authority::lints
