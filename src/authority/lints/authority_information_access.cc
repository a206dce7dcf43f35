// The only access is OCSP at the profile's address, which is http, and there is none without an address.
// https would ask for the status of the certificate that secures the asking.
#include <array>

#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

// id-ad-ocsp 1.3.6.1.5.5.7.48.1
constexpr std::array<std::uint8_t, 8> kOcsp{0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01};
constexpr std::uint8_t kUri = 6;

bool holds(const Reading& r) {
  const auto* access = r.find(pki::extension_id::authority_info_access());
  const std::string& url = r.in.profile.of(r.in.authority.kind()).ocsp_url;
  if (url.empty() || !access) return url.empty() && !access;
  Path outer(access->value);
  Path list = outer.in(der::kSequence);
  Path description = list.in(der::kSequence);
  return equal(description.take(der::kOid), kOcsp) && is(description.take(der::context(kUri)), url) &&
         url.starts_with("http://") && description.end() && list.end() && outer.end();
}

}  // namespace

constinit const Lint kAuthorityInformationAccess{
    .id = "authority_information_access",
    .citation = "RFC 5280 4.2.2.1; jpki-facts 2.2, 2.3",
    .demand =
        "the only access is OCSP at the profile's address, which is http, and there is none without an "
        "address",
    .demand_ja = "アクセス情報がプロファイルの http の OCSP だけで、設定がなければ存在しない",
    .holds = holds};

}  // namespace shomei::authority::lints
