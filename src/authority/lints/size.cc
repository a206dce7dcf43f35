// The signed certificate fits the card's file.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"
#include "base/limits.h"

namespace shomei::authority::lints {
namespace {

// SEQUENCE, AlgorithmIdentifier and BIT STRING around; the longest signature here is RSA's of 3072 bits.
constexpr std::size_t kAroundMax = 32;
constexpr std::size_t kSignatureMax = 384;

bool holds(const Reading& r) {
  return r.in.der.size() + kAroundMax + kSignatureMax <= limits::kCertificateBytesMax;
}

}  // namespace

constinit const Lint kSize{.id = "size",
                           .citation = "docs/formats/card-issuer.md",
                           .demand = "the signed certificate fits the card's file",
                           .demand_ja = "署名後の証明書がカードのファイルに収まる",
                           .holds = holds};

}  // namespace shomei::authority::lints
