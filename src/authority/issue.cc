#include "authority/issue.h"

#include <algorithm>

#include "authority/change_status.h"
#include "crypto/digest.h"
#include "pki/signed_object.h"

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;
using journal::Draft;
using journal::Fields;
using journal::Phase;
namespace field = journal::field;

Fields with(Fields fields, std::string_view name, ByteView value) {
  fields.insert_or_assign(std::string(name), to_bytes(value));
  return fields;
}

Fields whose(const ResidentId& resident, const CardId& card) {
  return {{std::string(field::kResident), to_bytes(resident.text())},
          {std::string(field::kCard), to_bytes(card.text())}};
}

CertificateRecord reserved(const LintedCertificate& certificate, const Authority& authority,
                           const Order& order) {
  CertificateRecord record;
  record.serial_space = authority.serial_space();
  record.authority = authority.name();
  record.kind = certificate.kind();
  record.serial = certificate.tbs().serial;
  record.resident = order.resident;
  record.card = order.card;
  record.office = order.office;
  record.partition = order.partition;
  record.act = order.act;
  record.not_before = certificate.tbs().not_before;
  record.not_after = certificate.tbs().not_after;
  record.key = crypto::sha256(certificate.tbs().key.spki());
  return record;
}

// Those of the same kind on the same card that have not ended by themselves.
Result<std::vector<CertificateRecord>> held_beside(journal::Rows& rows, const CertificateRecord& record) {
  SHOMEI_TRY(auto all, rows.certificates_of(record.resident));
  std::erase_if(all, [&](const CertificateRecord& other) {
    const bool ended = other.state == CertificateState::revoked ||
                       other.state == CertificateState::written_off || other.not_after < record.not_before;
    return ended || other.kind != record.kind || other.card != record.card || other.serial == record.serial;
  });
  return all;
}

bool ends(const rules::Decision& decision, const CertificateRecord& record) {
  const bool in_force =
      record.state == CertificateState::valid || record.state == CertificateState::suspended;
  return in_force && std::ranges::any_of(decision.ends(), [&](const rules::CertificateEnd& e) {
           return kind_of(e.kind) == record.kind;
         });
}

// The decision was made on what stood then; this looks again, in the transaction that takes the serial.
Result<void> expect_none_of_the_kind(journal::Rows& rows, const CertificateRecord& record,
                                     const rules::Decision& decision) {
  SHOMEI_TRY(const auto held, held_beside(rows, record));
  for (const auto& other : held)
    if (!ends(decision, other))
      return conflict("issue_under_way", {{"kind", std::string(pki::name(record.kind))}});
  return {};
}

Result<void> revoke_superseded(journal::Transaction& transaction, Draft& draft,
                               const CertificateRecord& record, const rules::Decision& decision) {
  SHOMEI_TRY(auto held, held_beside(transaction.rows(), record));
  for (auto& other : held)
    if (ends(decision, other)) SHOMEI_CHECK(revoke(transaction, draft, other, decision));
  return {};
}

// Two certificates for one key could not be told apart by what it signs, and a key that leaked would be in
// force again under another number.
Result<void> expect_fresh_key(journal::Rows& rows, const CertificateRecord& record) {
  SHOMEI_TRY(const auto blocked, rows.find_blocked_key(record.key));
  if (blocked)
    return refused("key_blocked", {{"key", to_hex(record.key)}, {"cause", blocked->cause}},
                   "CA/Browser Forum BR 6.1.1.3");
  SHOMEI_TRY(const bool used, rows.key_used(record.key));
  if (used) return conflict("key_used", {{"key", to_hex(record.key)}}, "CA/Browser Forum BR 6.1.1.3");
  return {};
}

Result<void> record_result(CertificateRecord& record, const Order& order, const rules::Decision& decision,
                           journal::Journal& journal) {
  record.state = CertificateState::valid;
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.rows().update(record, CertificateState::reserved));
  Draft draft{.act = order.act, .phase = Phase::result};
  draft.status = {journal::CertificateIssued{record.authority, record.serial, record.not_before,
                                             record.not_after, record.partition, crypto::sha256(record.der)}};
  draft.person = with(whose(order.resident, order.card), field::kCertificate, record.der);
  draft.officer = order.officer;
  SHOMEI_CHECK(revoke_superseded(transaction, draft, record, decision));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace

Result<Intent> record_intent(journal::Transaction transaction, LintedCertificate&& certificate,
                             const Authority& authority, Order order) {
  LintedCertificate linted = std::move(certificate);  // used up: it cannot be signed a second time
  CertificateRecord record = reserved(linted, authority, order);
  if (order.still_holds) SHOMEI_CHECK(order.still_holds(transaction.rows()));
  if (order.request) SHOMEI_CHECK(transaction.rows().insert(*order.request));
  SHOMEI_CHECK(expect_none_of_the_kind(transaction.rows(), record, linted.decision()));
  SHOMEI_CHECK(expect_fresh_key(transaction.rows(), record));
  SHOMEI_CHECK(transaction.rows().insert(record));
  Draft draft{.act = order.act, .phase = Phase::intent};
  draft.status = {journal::SerialReserved{record.authority, record.serial}};
  draft.person = with(whose(order.resident, order.card), field::kTbsCertificate, linted.tbs_der());
  draft.person.insert(order.person.begin(), order.person.end());
  draft.officer = order.officer;
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return Intent(std::move(record), std::move(linted), std::move(order));
}

Result<CertificateRecord> carry_out(Intent&& intent, const Authority& authority, journal::Journal& journal) {
  Intent mine = std::move(intent);
  // The port's makers answer for the signature (crypto/signer.h); what it is over was read again by
  // prepare().
  const Bytes& tbs = mine.certificate_.tbs_der();
  SHOMEI_TRY(const auto signature, authority.signer().sign(tbs));
  mine.record_.der = pki::assemble_signed(tbs, authority.signer().algorithm(), signature);
  SHOMEI_CHECK(record_result(mine.record_, mine.order_, mine.certificate_.decision(), journal));
  return std::move(mine.record_);
}

Result<CertificateRecord> issue(LintedCertificate&& certificate, const Authority& authority,
                                const Order& order, journal::Journal& journal) {
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_TRY(auto intent, record_intent(std::move(transaction), std::move(certificate), authority, order));
  return carry_out(std::move(intent), authority, journal);
}

Result<void> confirm_delivery(const CertificateRecord& record, const Fields& officer,
                              journal::Journal& journal) {
  CertificateRecord delivered = record;
  delivered.delivered = true;
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.rows().update(delivered, record.state));
  Draft draft{.act = record.act, .phase = Phase::confirmation};
  draft.person = whose(record.resident, record.card);
  draft.officer = officer;
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace shomei::authority
