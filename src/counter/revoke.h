// The procedure "revoke": the holder gives a certificate up, or the office finds a cause, at the counter.
#pragma once

#include "counter/parts.h"
#include "pki/revocation_reason.h"

namespace shomei::counter {

// not_found "certificate_unknown"; conflict "serial_ambiguous" when both authorities have a certificate of
// that number; refused "certificate_not_in_force".
Result<journal::CertificateRecord> revoke_certificate(const Parts& parts, const Officer& officer,
                                                      const pki::SerialNumber& serial,
                                                      pki::RevocationReason reason);

// The one certificate of that number.
Result<journal::CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial);

}  // namespace shomei::counter
