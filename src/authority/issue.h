// issue(): the order of effects is docs/flows/issuance.md. The intent is in the journal before the key is
// used; the result is in the journal before anyone gets the certificate; the delivery is confirmed when the
// card has it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

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
  journal::Fields officer;                        // actor, request; `bound` is added to it
  std::optional<journal::RequestRecord> request;  // taken in with the intent, once and for all
  // Whether the decision's ground still stands, asked in the intent's transaction; none: nobody asks.
  std::function<Result<void>(journal::Rows&)> still_holds;
};

// What would be recorded as an intent: made of everything that needs no row, before anybody has to wait for
// it. Refers to the authority, which outlives it.
class Proposal {
 public:
  // malformed "part_too_long".
  static Result<Proposal> make(LintedCertificate&& certificate, const Authority& authority, Order order);

 private:
  friend class Intent;
  Proposal(journal::CertificateRecord record, LintedCertificate certificate, const Authority& authority,
           Order order, journal::SealedDraft draft, Bytes bound_salt)
      : record_(std::move(record)),
        certificate_(std::move(certificate)),
        authority_(&authority),
        order_(std::move(order)),
        draft_(std::move(draft)),
        bound_salt_(std::move(bound_salt)) {}
  journal::CertificateRecord record_;  // reserved
  LintedCertificate certificate_;
  const Authority* authority_;
  Order order_;
  std::optional<journal::SealedDraft> draft_;  // none once it is put
  Bytes bound_salt_;
};

// An intent that is in the journal, durably: the one certificate that may be signed for it, once.
class Intent {
 public:
  const journal::CertificateRecord& record() const { return of_.record_; }  // reserved

 private:
  friend class SharedCommit;
  friend class SignedIntent;
  friend Result<Intent> record_intent(journal::Transaction, Proposal&&);
  explicit Intent(Proposal&& proposal) : of_(std::move(proposal)) {}
  static Result<Intent> put(journal::Transaction&, Proposal&&);
  Result<void> sign();  // and seals the entry that will say so
  // Whether what is in hand is still of one act: refused "act_crossed" {act, what}.
  Result<void> expect_bound() const;
  Result<void> put_result(journal::Transaction&);
  journal::Draft result() const;
  const journal::Fields& officer() const { return of_.order_.officer; }
  journal::CertificateRecord take_record() { return std::move(of_.record_); }

  Proposal of_;
};

// An intent whose certificate is signed, and not yet recorded: nobody may have it.
class SignedIntent {
 public:
  // When the key does not sign, the intent is written off, so that it stands in nobody's way, unless the
  // store cannot record that; then the repair at the next start does.
  static Result<SignedIntent> sign(Intent&& intent, journal::Journal& journal);

 private:
  friend class SharedCommit;
  explicit SignedIntent(Intent&& intent) : intent_(std::move(intent)) {}
  Intent intent_;
};

// Takes the serial number and says what will be signed, and commits the transaction, which may have looked at
// the facts. What still_holds says, before anything is written; conflict "serial_used" when the number was
// taken meanwhile (prepare with another one), "request_exists" when the request was taken in before,
// "key_used" when a certificate was reserved or issued for the key before; refused "key_blocked".
Result<Intent> record_intent(journal::Transaction transaction, Proposal&& proposal);

// Signs and records the result. Certificates that the decision ends (a re-issue, a renewal) end in the entry
// that makes the new one valid. When the key does not sign, or the result cannot be recorded, nobody has got
// the certificate, and the intent is written off as SignedIntent::sign() does.
Result<journal::CertificateRecord> carry_out(Intent&& intent, journal::Journal& journal);

// Intents and results that become durable together: no intent can be signed before, and nobody has a
// certificate before. Each succeeds or fails apart; a failure of the store takes all of them.
class SharedCommit {
 public:
  explicit SharedCommit(journal::Journal& journal) : journal_(journal), series_(journal.series()) {}
  Result<journal::Transaction> begin() { return series_.begin(); }  // for the next intent
  // As record_intent.
  Result<void> put(journal::Transaction transaction, Proposal&& proposal);
  // The result; what came of it says commit(). As carry_out.
  void put(SignedIntent&& signed_intent);

  struct Durable {
    Result<std::vector<Intent>> intents;                           // that were put, in their order
    std::vector<Result<journal::CertificateRecord>> certificates;  // of the results that were put, likewise
  };
  Durable commit() &&;

 private:
  Result<void> put_result(Intent& intent);
  journal::Journal& journal_;
  journal::Series series_;
  std::vector<Intent> intents_;
  // Of the results, each in its place.
  std::vector<Intent> signed_;
  std::vector<Result<void>> recorded_;
};

// The one after the other.
Result<journal::CertificateRecord> issue(LintedCertificate&& certificate, const Authority& authority,
                                         const Order& order, journal::Journal& journal);

// Brings an intent to its end of which nothing came. conflict "certificate_state_moved" when something did.
Result<void> write_off(journal::CertificateRecord record, const journal::Fields& officer,
                       journal::Journal& journal);

// Whether the certificate in a row has the row's number, validity and key: refused "act_crossed". Before it
// is written to a card, and before it is confirmed that a card has it.
Result<void> expect_own_certificate(const journal::CertificateRecord& record);

// The card holds the certificate. refused "act_crossed" when the row is not of what the act's intent bound.
Result<void> confirm_delivery(const journal::CertificateRecord& record, const journal::Fields& officer,
                              journal::Journal& journal);

}  // namespace shomei::authority
