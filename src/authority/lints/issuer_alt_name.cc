// The issuer's alternative name is the authority's own. Byte for byte what the authority's certificate
// says in its subjectAltName.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const auto* ours = r.find(pki::extension_id::issuer_alt_name());
  const auto* theirs = r.in.authority.certificate().tbs.find(pki::extension_id::subject_alt_name());
  return ours && theirs && equal(ours->value, theirs->value);
}

}  // namespace

constinit const Lint kIssuerAltName{.id = "issuer_alt_name",
                                    .citation = "RFC 5280 4.2.1.7; jpki-facts 2.2",
                                    .demand = "the issuer's alternative name is the authority's own",
                                    .demand_ja = "発行者の別名が認証局の別名と一致する",
                                    .holds = holds};

}  // namespace shomei::authority::lints
