// The issuer is the authority's subject, byte for byte.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return equal(r.issuer, r.in.authority.subject().der());
}

}  // namespace

constinit const Lint kIssuerIsAuthority{.id = "issuer_is_authority",
                                        .citation = "RFC 5280 4.1.2.4",
                                        .demand = "the issuer is the authority's subject, byte for byte",
                                        .demand_ja = "発行者名が認証局の主体者名とバイト単位で一致する",
                                        .holds = holds};

}  // namespace shomei::authority::lints
