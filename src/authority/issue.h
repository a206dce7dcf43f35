// issue(): the order of effects is docs/flows/issuance.md. The intent is in the journal before the key is
// used; the result is in the journal before anyone gets the certificate; the delivery is confirmed when the
// card has it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "authority/prepare.h"
#include "journal/transaction.h"

namespace shomei::authority {

// Whom the certificate is for and who asked: bound in one value from the first step to the last.
struct Order {
  ActId act;
  ResidentId resident;
  CardId card;
  OfficeId office;
  std::string partition;                          // municipality code of the revocation list's partition
  journal::Fields person;                         // facts and decision
  journal::Fields officer;                        // actor, request
  std::optional<journal::RequestRecord> request;  // taken in with the intent, once and for all
  // Whether the decision's ground still stands, asked in the intent's transaction; none: nobody asks.
  std::function<Result<void>(journal::Rows&)> still_holds;
};

// An intent that is in the journal, durably: the one certificate that may be signed for it, once.
class Intent {
 public:
  const journal::CertificateRecord& record() const { return record_; }  // reserved

 private:
  friend Result<Intent> record_intent(journal::Transaction, LintedCertificate&&, const Authority&, Order);
  friend Result<journal::CertificateRecord> carry_out(Intent&&, const Authority&, journal::Journal&);
  Intent(journal::CertificateRecord record, LintedCertificate certificate, Order order)
      : record_(std::move(record)), certificate_(std::move(certificate)), order_(std::move(order)) {}
  journal::CertificateRecord record_;
  LintedCertificate certificate_;
  Order order_;
};

// Takes the serial number and says what will be signed, and commits the transaction, which may have looked at
// the facts. What still_holds says, before anything is written; conflict "serial_used" when the number was
// taken meanwhile (prepare with another one), "request_exists" when the request was taken in before,
// "key_used" when a certificate was reserved or issued for the key before; refused "key_blocked".
Result<Intent> record_intent(journal::Transaction transaction, LintedCertificate&& certificate,
                             const Authority& authority, Order order);

// Signs and records the result. Certificates that the decision ends (a re-issue, a renewal) end in the entry
// that makes the new one valid.
Result<journal::CertificateRecord> carry_out(Intent&& intent, const Authority& authority,
                                             journal::Journal& journal);

// The one after the other.
Result<journal::CertificateRecord> issue(LintedCertificate&& certificate, const Authority& authority,
                                         const Order& order, journal::Journal& journal);

// The card holds the certificate.
Result<void> confirm_delivery(const journal::CertificateRecord& record, const journal::Fields& officer,
                              journal::Journal& journal);

}  // namespace shomei::authority
