// The procedures "revoke", "suspend" and "restore": what an office does to a certificate that is in force, on
// the word of its holder or for a cause that it found.
#pragma once

#include <optional>

#include "counter/application.h"
#include "counter/parts.h"
#include "pki/revocation_reason.h"

namespace shomei::counter {

struct StatusRequest {
  Officer officer;
  pki::SerialNumber serial;
  Application application;
  // Of a revocation, stated by the officer; none: the rules name it by the ground.
  std::optional<pki::RevocationReason> reason;
  // Needed where both authorities have a certificate of that number: in a home whose numbers are taken one
  // after the other, of nearly all.
  std::optional<pki::CertificateKind> kind = {};
};

// Decided and done in one transaction: of two that come together for one certificate, the second is decided
// on what the first has left. The same request again (by its identifier) is answered as the first time.
// not_found "certificate_unknown"; conflict "serial_ambiguous" when both authorities have a certificate of
// that number and no kind is said; refused "reason_unfit" for removeFromCRL, and what the rules refuse; what
// counter/request.h says of requests. A refusal leaves its trace in the journal.
Result<journal::CertificateRecord> revoke_certificate(const Parts& parts, const StatusRequest& request);
Result<journal::CertificateRecord> suspend_certificate(const Parts& parts, const StatusRequest& request);
Result<journal::CertificateRecord> restore_certificate(const Parts& parts, const StatusRequest& request);

// Its carrier has it. A second time is no mistake.
Result<journal::CertificateRecord> confirm_certificate(const Parts& parts, const Officer& officer,
                                                       const pki::SerialNumber& serial,
                                                       std::optional<pki::CertificateKind> kind = {});

// The one certificate of that number, and of that kind.
Result<journal::CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial,
                                                    std::optional<pki::CertificateKind> kind = {});

}  // namespace shomei::counter
