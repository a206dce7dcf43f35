// revoke(): ends a certificate as part of a transaction that the caller commits, so that what caused it and
// the revocation are one entry.
#pragma once

#include "journal/transaction.h"
#include "pki/revocation_reason.h"

namespace shomei::authority {

// Changes the record and its row, and adds the change to the draft's status part. refused
// "certificate_not_in_force" when it is neither valid nor suspended, "reason_unfit" for certificateHold and
// removeFromCRL; conflict "certificate_state_moved" when another act was faster.
Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft,
                    journal::CertificateRecord& record, pki::RevocationReason reason, Instant at);

}  // namespace shomei::authority
