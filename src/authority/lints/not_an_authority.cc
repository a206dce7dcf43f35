// There are no basic constraints. A certificate without them is no authority's. The real ones have none,
// not even an empty one.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.find(pki::extension_id::basic_constraints());
}

}  // namespace

constinit const Lint kNotAnAuthority{.id = "not_an_authority",
                                     .citation = "RFC 5280 4.2.1.9; jpki-facts 2.2",
                                     .demand = "there are no basic constraints",
                                     .demand_ja = "基本制約の拡張がない",
                                     .holds = holds};

}  // namespace shomei::authority::lints
