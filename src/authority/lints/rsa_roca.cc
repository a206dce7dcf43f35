// The RSA modulus has not the fingerprint of ROCA.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "crypto/weak_keys.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !crypto::has_roca_fingerprint(r.modulus_magnitude());
}

}  // namespace

constinit const Lint kRsaRoca{.id = "rsa_roca",
                              .citation = "CVE-2017-15361",
                              .about = Lint::About::rsa_key,
                              .demand = "the RSA modulus has not the fingerprint of ROCA",
                              .demand_ja = "RSA の法に ROCA の特徴がない",
                              .holds = holds};

}  // namespace shomei::authority::lints
