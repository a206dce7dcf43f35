// The validity lies within the authority's.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const auto& authority = r.in.authority.certificate().tbs;
  return authority.not_before <= r.in.tbs.not_before && r.in.tbs.not_after <= authority.not_after;
}

}  // namespace

constinit const Lint kValidityWithinAuthority{.id = "validity_within_authority",
                                              .citation = "RFC 5280 6.1.3",
                                              .demand = "the validity lies within the authority's",
                                              .demand_ja = "有効期間が認証局の有効期間の内にある",
                                              .holds = holds};

}  // namespace shomei::authority::lints
