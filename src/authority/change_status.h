// Changes what a certificate is worth, as part of a transaction that the caller commits, so that what caused
// it and the change are one entry. Each changes the record and its row, and adds the change to the draft's
// status part. conflict "certificate_state_moved" when another act was faster.
#pragma once

#include "journal/transaction.h"
#include "rules/decide.h"

namespace shomei::authority {

// Ends it for good, when and for the reason that the decision names for the record's kind. refused
// "revocation_not_decided" when it names none, or a hold; "certificate_not_in_force" when the record is
// neither valid nor suspended.
Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft,
                    journal::CertificateRecord& record, const rules::Decision& decision);

// The same for what was signed and reached no card: nobody's act, so there is no decision. The reason is
// unspecified (jpki-facts 2.6: destroyed before delivery).
Result<void> revoke_undelivered(journal::Transaction& transaction, journal::Draft& draft,
                                journal::CertificateRecord& record, Instant at);

// Holds it (certificateHold, RFC 5280 5.3.1) from when the decision says. refused "suspension_not_decided",
// "certificate_not_in_force" when the record is not valid.
Result<void> suspend(journal::Transaction& transaction, journal::Draft& draft,
                     journal::CertificateRecord& record, const rules::Decision& decision);

// Takes the hold back. refused "restoration_not_decided", "certificate_not_suspended".
Result<void> restore(journal::Transaction& transaction, journal::Draft& draft,
                     journal::CertificateRecord& record, const rules::Decision& decision);

}  // namespace shomei::authority
