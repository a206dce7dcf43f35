#include "pki/certificate_kind.h"

namespace shomei::pki {

std::string_view name(CertificateKind kind) {
  return kind == CertificateKind::signature ? "signature" : "user_authentication";
}

Result<CertificateKind> parse_certificate_kind(std::string_view text) {
  for (auto kind : {CertificateKind::signature, CertificateKind::user_authentication})
    if (name(kind) == text) return kind;
  return malformed("certificate_kind_unknown", {{"name", std::string(text)}});
}

}  // namespace shomei::pki
