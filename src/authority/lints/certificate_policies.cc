// There is one policy, the profile's, with its CPS address as an IA5String.
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

// id-qt-cps 1.3.6.1.5.5.7.2.1
constexpr std::array<std::uint8_t, 8> kCps{0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x02, 0x01};

bool holds(const Reading& r) {
  const auto* policies = r.find(pki::extension_id::certificate_policies());
  if (!policies) return false;
  Path outer(policies->value);
  Path list = outer.in(der::kSequence);
  Path policy = list.in(der::kSequence);
  const ByteView id = policy.take(der::kOid);
  Path qualifiers = policy.in(der::kSequence);
  Path qualifier = qualifiers.in(der::kSequence);
  return is(id, r.in.profile.of(r.in.authority.kind()).policy) && equal(qualifier.take(der::kOid), kCps) &&
         is(qualifier.take(der::kIa5String), r.in.profile.cps_uri) && qualifier.end() && qualifiers.end() &&
         policy.end() && list.end() && outer.end();
}

}  // namespace

constinit const Lint kCertificatePolicies{
    .id = "certificate_policies",
    .citation = "RFC 5280 4.2.1.4; jpki-facts 2.2, 2.3",
    .demand = "there is one policy, the profile's, with its CPS address as an IA5String",
    .demand_ja = "証明書ポリシーがプロファイルの1つで、CPS の URI が IA5String である",
    .holds = holds};

}  // namespace shomei::authority::lints
