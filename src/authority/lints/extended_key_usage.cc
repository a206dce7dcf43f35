// The extended key usage is clientAuth alone, and there is none in a signature certificate.
#include "authority/lints/all_lints.h"
#include "authority/lints/reading.h"

namespace shomei::authority::lints {
namespace {

bool holds(const Reading& r) {
  const auto* usage = r.find(pki::extension_id::extended_key_usage());
  if (r.is_signature() || !usage) return r.is_signature() && !usage;
  Path outer(usage->value);
  Path purposes = outer.in(der::kSequence);
  return is(purposes.take(der::kOid), pki::client_auth_purpose()) && purposes.end() && outer.end();
}

}  // namespace

constinit const Lint kExtendedKeyUsage{
    .id = "extended_key_usage",
    .citation = "RFC 5280 4.2.1.12; jpki-facts 2.2, 2.3",
    .demand = "the extended key usage is clientAuth alone, and there is none in a signature certificate",
    .demand_ja = "拡張鍵用途が clientAuth だけで、署名用にはない",
    .holds = holds};

}  // namespace shomei::authority::lints
