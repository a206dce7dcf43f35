// No prime of at most 751 divides the RSA modulus.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "crypto/weak_keys.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !crypto::has_small_factor(r.modulus_magnitude());
}

}  // namespace

constinit const Lint kRsaSmallFactor{.id = "rsa_small_factor",
                                     .citation = "CA/Browser Forum BR 6.1.6",
                                     .about = Lint::About::rsa_key,
                                     .demand = "no prime of at most 751 divides the RSA modulus",
                                     .demand_ja = "751以下の素数が RSA の法を割り切らない",
                                     .holds = holds};

}  // namespace shomei::authority::lints
