// The procedure "revoke": the holder gives a certificate up, or the office finds a cause, at the counter.
#pragma once

#include <optional>

#include "counter/application.h"
#include "counter/parts.h"
#include "pki/revocation_reason.h"

namespace shomei::counter {

struct RevokeRequest {
  Officer officer;
  pki::SerialNumber serial;
  Application application;
  std::optional<pki::RevocationReason>
      reason;  // stated by the officer; none: the rules name it by the ground
};

// not_found "certificate_unknown"; conflict "serial_ambiguous" when both authorities have a certificate of
// that number; refused "reason_unfit" for removeFromCRL, and what the rules refuse.
Result<journal::CertificateRecord> revoke_certificate(const Parts& parts, const RevokeRequest& request);

// The one certificate of that number.
Result<journal::CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial);

}  // namespace shomei::counter
