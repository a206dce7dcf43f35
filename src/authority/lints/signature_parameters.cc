// The signature algorithm's parameters are NULL for RSA and absent otherwise.
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

// 1.2.840.113549.1.1
constexpr std::array<std::uint8_t, 8> kRsaArc{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01};

bool holds(const Reading& r) {
  Path members = Path(r.algorithm).in(der::kSequence);
  const ByteView algorithm = members.take(der::kOid);
  const bool rsa = algorithm.size() > kRsaArc.size() && starts_with(algorithm, kRsaArc);
  if (rsa && !members.take(der::kNull).empty()) return false;
  return members.end();
}

}  // namespace

constinit const Lint kSignatureParameters{
    .id = "signature_parameters",
    .citation = "RFC 4055 5; RFC 5758 3.2; RFC 8410 3",
    .demand = "the signature algorithm's parameters are NULL for RSA and absent otherwise",
    .demand_ja = "署名アルゴリズムのパラメータが RSA では NULL で、ほかでは存在しない",
    .holds = holds};

}  // namespace shomei::authority::lints
