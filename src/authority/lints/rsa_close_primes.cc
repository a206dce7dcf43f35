// 100 rounds of Fermat's method do not factor the RSA modulus.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "crypto/weak_keys.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !crypto::has_close_primes(r.modulus_magnitude());
}

}  // namespace

constinit const Lint kRsaClosePrimes{.id = "rsa_close_primes",
                                     .citation = "CVE-2022-26320; CA/Browser Forum BR 6.1.1.3",
                                     .about = Lint::About::rsa_key,
                                     .demand = "100 rounds of Fermat's method do not factor the RSA modulus",
                                     .demand_ja = "フェルマー法100回で RSA の法が素因数分解されない",
                                     .holds = holds};

}  // namespace shomei::authority::lints
