// The signature algorithm is that of the authority's key.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const Bytes wanted = crypto::encode_algorithm(r.in.authority.signer().algorithm());
  return equal(Path(r.algorithm).in(der::kSequence).take(der::kOid),
               Path(wanted).in(der::kSequence).take(der::kOid));
}

}  // namespace

constinit const Lint kSignatureAlgorithm{.id = "signature_algorithm",
                                         .citation = "RFC 5280 4.1.2.3",
                                         .demand = "the signature algorithm is that of the authority's key",
                                         .demand_ja = "署名アルゴリズムが認証局の鍵のものである",
                                         .holds = holds};

}  // namespace shomei::authority::lints
