// The key is not an authority's own, of any generation: nor one for its lists, nor its responder's.
#include <algorithm>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !equal(r.spki, r.in.authority.certificate().tbs.key.spki()) &&
         std::ranges::none_of(r.in.known.authorities,
                              [&](const auto& key) { return equal(r.spki, key.spki()); });
}

}  // namespace

constinit const Lint kKeyNotAuthoritys{.id = "key_not_authoritys",
                                       .citation = "RFC 5280 3.2",
                                       .demand = "the key is not an authority's own, of any generation",
                                       .demand_ja = "鍵がどの世代の認証局の鍵でもない",
                                       .holds = holds};

}  // namespace shomei::authority::lints
