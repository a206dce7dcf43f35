// The procedure "issue" for a carrier that is elsewhere: a terminal brings the request that the carrier has
// signed, and takes the certificate to it.
#pragma once

#include "counter/application.h"
#include "counter/parts.h"
#include "issuer/attestation.h"

namespace shomei::counter {

struct CertificateRequest {
  Officer officer;
  ResidentId resident;
  pki::CertificateKind kind{};
  Application application;
  Bytes pkcs10;  // DER; its challenge is the text of officer.request, so that it proves nothing for another
  std::optional<issuer::Attestation> attestation = {};  // for the same text
};

// Decides on what stands when the intent is written, in the transaction that writes it; then signs. The same
// request again is answered with the same certificate, as it is now; who asks while the first is under way
// waits for it. Until it is confirmed (change_status.h) nobody knows that the carrier has it. refused
// "possession_unproven", what check_attestation() and expect_card() say, and what rules and lints refuse,
// with a trace in the journal; conflict "request_interrupted" when the first was, and nothing came of it: a
// new identifier is needed; what counter/request.h and authority/issue.h say.
Result<journal::CertificateRecord> issue_certificate(const Parts& parts, const CertificateRequest& request);

}  // namespace shomei::counter
