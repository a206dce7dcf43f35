// The RSA exponent is odd, at least 65537, and below 2^256.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

constexpr std::size_t kBytesMin = 3;
constexpr std::size_t kBytesMax = 32;

bool holds(const Reading& r) {
  const ByteView e = !r.exponent.empty() && r.exponent[0] == 0 ? r.exponent.subspan(1) : r.exponent;
  if (e.empty() || e.back() % 2 == 0 || e.size() > kBytesMax) return false;
  // An odd number of three bytes is over 2^16 whatever the other bytes are.
  return r.exponent[0] < 0x80 && e.size() >= kBytesMin;
}

}  // namespace

constinit const Lint kRsaExponent{.id = "rsa_exponent",
                                  .citation = "FIPS 186-5 5.4",
                                  .about = Lint::About::rsa_key,
                                  .demand = "the RSA exponent is odd, at least 65537, and below 2^256",
                                  .demand_ja = "RSA の公開指数が奇数で、65537以上、2^256未満である",
                                  .holds = holds};

}  // namespace shomei::authority::lints
