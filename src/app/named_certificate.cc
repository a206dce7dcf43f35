#include "app/named_certificate.h"

namespace shomei::app {

Result<NamedCertificate> certificate_named(const cli::Invocation& invocation) {
  NamedCertificate named;
  SHOMEI_TRY(named.serial, pki::SerialNumber::parse_hex(invocation.get("serial")));
  if (invocation.has("kind")) {
    SHOMEI_TRY(named.kind, pki::parse_certificate_kind(invocation.get("kind")));
  }
  return named;
}

}  // namespace shomei::app
