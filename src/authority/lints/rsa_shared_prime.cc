// The RSA modulus has no factor in common with one that is known. With those that the caller knows: none
// unless it hands any over.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return !r.in.known.shared || !r.in.known.shared->shares_with(r.modulus_magnitude());
}

}  // namespace

constinit const Lint kRsaSharedPrime{
    .id = "rsa_shared_prime",
    .citation = "Heninger and others, Mining Your Ps and Qs, 2012",
    .about = Lint::About::rsa_key,
    .demand = "the RSA modulus has no factor in common with one that is known",
    .demand_ja = "RSA の法に既知の法との公約数がない",
    .holds = holds};

}  // namespace shomei::authority::lints
