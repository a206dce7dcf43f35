// No factor that two moduli were found to share divides the RSA modulus: those that the caller knows.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.in.known.shared || !r.in.known.shared->divide(r.modulus_magnitude());
}

}  // namespace

constinit const Lint kRsaSharedPrime{
    .id = "rsa_shared_prime",
    .citation = "Heninger and others, Mining Your Ps and Qs, 2012",
    .about = Lint::About::rsa_key,
    .demand = "no factor that other keys were found to share divides the RSA modulus",
    .demand_ja = "他の鍵の間で共有が見つかった素因数で RSA の法が割り切れない",
    .holds = holds};

}  // namespace shomei::authority::lints
