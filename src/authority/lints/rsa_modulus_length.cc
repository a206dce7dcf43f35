// The RSA modulus has exactly the bits of the key's type.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const std::size_t bytes = r.in.tbs.key.type() == crypto::KeyType::rsa_2048 ? 2048 / 8 : 3072 / 8;
  return r.modulus.size() == bytes + 1 && r.modulus[0] == 0 && r.modulus[1] >= 0x80;
}

}  // namespace

constinit const Lint kRsaModulusLength{.id = "rsa_modulus_length",
                                       .citation = "FIPS 186-5 5.1",
                                       .about = Lint::About::rsa_key,
                                       .demand = "the RSA modulus has exactly the bits of the key's type",
                                       .demand_ja = "RSA の法がちょうど鍵の種類のビット長である",
                                       .holds = holds};

}  // namespace shomei::authority::lints
