// The EC key is an uncompressed point of its curve.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "crypto/weak_keys.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  return crypto::is_uncompressed_point(r.in.tbs.key.type(), r.key_bits);
}

}  // namespace

constinit const Lint kEcPoint{.id = "ec_point",
                              .citation = "SEC 1 3.2.2.1; RFC 5480 2.2",
                              .about = Lint::About::ec_key,
                              .demand = "the EC key is an uncompressed point of its curve",
                              .demand_ja = "EC の鍵が曲線上の点で、非圧縮形式である",
                              .holds = holds};

}  // namespace shomei::authority::lints
