#include "authority/issue.h"

#include <algorithm>
#include <tuple>

#include "authority/change_status.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "journal/binding.h"
#include "pki/certificate.h"
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
std::vector<CertificateRecord> held_beside(std::vector<CertificateRecord> all,
                                           const CertificateRecord& record) {
  std::erase_if(all, [&](const CertificateRecord& other) {
    const bool ended = other.state == CertificateState::revoked ||
                       other.state == CertificateState::written_off || other.not_after < record.not_before;
    return ended || other.kind != record.kind || other.card != record.card || other.serial == record.serial;
  });
  return all;
}

bool ends(const rules::Decision& decision, const CertificateRecord& record) {
  return in_force(record) && std::ranges::any_of(decision.ends(), [&](const rules::CertificateEnd& e) {
           return kind_of(e.kind) == record.kind;
         });
}

// The decision was made on what stood then; this looks again, in the transaction that takes the serial.
Result<void> expect_none_of_the_kind(journal::Rows& rows, const CertificateRecord& record,
                                     const rules::Decision& decision) {
  SHOMEI_TRY(auto all, rows.certificates_of(record.resident));
  const auto held = held_beside(std::move(all), record);
  for (const auto& other : held)
    if (!ends(decision, other))
      return conflict("issue_under_way", {{"kind", std::string(pki::name(record.kind))}});
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

Error crossed(const CertificateRecord& record, std::string_view what) {
  return refused("act_crossed", {{"act", record.act.text()}, {"what", std::string(what)}});
}

// The row that the intent put, among those of the resident: what is about to become valid is still that.
Result<void> expect_own_row(const std::vector<CertificateRecord>& all, const CertificateRecord& record) {
  const bool there = std::ranges::any_of(all, [&](const CertificateRecord& row) {
    return row.serial_space == record.serial_space && row.serial == record.serial && row.act == record.act &&
           row.card == record.card && row.key == record.key && row.office == record.office;
  });
  if (!there) return crossed(record, "row");
  return {};
}

// As the act's intent has it; none of an act that was recorded before acts were bound. What its person part
// says is held against the row; once that is erased, there is nothing to hold.
Result<std::optional<Bytes>> bound_of_intent(journal::Rows& rows, const CertificateRecord& record) {
  using journal::PartKind;
  SHOMEI_TRY(const auto sequences, rows.entries_of_act(record.act));
  if (sequences.empty()) return crossed(record, "intent");
  SHOMEI_TRY(const auto stored, rows.find_entry(sequences.front()));
  if (!stored) return crossed(record, "intent");
  const auto& person = stored->parts[static_cast<std::size_t>(PartKind::person)];
  const auto& officer = stored->parts[static_cast<std::size_t>(PartKind::officer)];
  if (!officer) return std::optional<Bytes>{};
  SHOMEI_TRY(const auto officer_fields, journal::parse_fields(officer->body));
  const auto bound = officer_fields.find(field::kBound);
  if (bound == officer_fields.end()) return std::optional<Bytes>{};
  if (!person) return std::optional{bound->second};
  SHOMEI_TRY(const auto person_fields, journal::parse_fields(person->body));
  const auto salt = person_fields.find(field::kBoundSalt);
  if (salt == person_fields.end() ||
      to_hex(journal::bound(binding_of(record, officer_fields), salt->second)) != to_text(bound->second))
    return crossed(record, "bound");
  return std::optional{bound->second};
}

}  // namespace

Result<Proposal> Proposal::make(LintedCertificate&& certificate, const Authority& authority, Order order) {
  LintedCertificate linted = std::move(certificate);  // used up: it cannot be signed a second time
  CertificateRecord record = reserved(linted, authority, order);
  Draft draft{.act = order.act, .phase = Phase::intent};
  draft.status = {journal::SerialReserved{record.authority, record.serial}};
  draft.person = with(whose(order.resident, order.card), field::kTbsCertificate, linted.tbs_der());
  draft.person.insert(order.person.begin(), order.person.end());
  auto salt = crypto::random_bytes(journal::kBoundSaltBytes);
  const auto bound = journal::bound(binding_of(record, order.officer), salt);
  order.officer.insert_or_assign(std::string(field::kBound), to_bytes(to_hex(bound)));
  draft.person.insert_or_assign(std::string(field::kBoundSalt), salt);
  draft.officer = order.officer;
  SHOMEI_TRY(auto sealed, journal::SealedDraft::seal(draft));
  return Proposal(std::move(record), std::move(linted), authority, std::move(order), std::move(sealed),
                  std::move(salt));
}

// What is asked comes before what is written: an act that is refused has written nothing.
Result<Intent> Intent::put(journal::Transaction& transaction, Proposal&& proposal) {
  Intent intent(std::move(proposal));
  auto& of = intent.of_;
  auto& rows = transaction.rows();
  if (of.order_.still_holds) SHOMEI_CHECK(of.order_.still_holds(rows));
  SHOMEI_CHECK(expect_none_of_the_kind(rows, of.record_, of.certificate_.decision()));
  SHOMEI_CHECK(expect_fresh_key(rows, of.record_));
  if (of.order_.request) SHOMEI_CHECK(rows.insert(*of.order_.request));
  SHOMEI_CHECK(rows.insert(of.record_));
  SHOMEI_CHECK(transaction.append(*std::exchange(of.draft_, std::nullopt)));
  return intent;
}

Draft Intent::result() const {
  const auto& record = of_.record_;
  Draft draft{.act = of_.order_.act, .phase = Phase::result};
  draft.status = {journal::CertificateIssued{record.authority, record.serial, record.not_before,
                                             record.not_after, record.partition, crypto::sha256(record.der)}};
  draft.person = with(whose(of_.order_.resident, of_.order_.card), field::kCertificate, record.der);
  draft.officer = of_.order_.officer;
  return draft;
}

Result<void> Intent::expect_bound() const {
  auto in_hand = binding_of(of_.record_, of_.order_.officer);
  in_hand.serial = of_.certificate_.tbs().serial;
  in_hand.key = crypto::sha256(of_.certificate_.tbs().key.spki());
  const bool of_one_act = of_.record_.act == of_.order_.act && of_.record_.resident == of_.order_.resident &&
                          of_.record_.card == of_.order_.card;
  if (!of_one_act ||
      to_hex(journal::bound(in_hand, of_.bound_salt_)) != journal::text(officer(), field::kBound))
    return crossed(of_.record_, "bound");
  return {};
}

// The port's makers answer for the signature (crypto/signer.h); what it is over was read again by prepare().
Result<void> Intent::sign() {
  SHOMEI_CHECK(expect_bound());
  const Bytes& tbs = of_.certificate_.tbs_der();
  auto& signer = of_.authority_->signer();
  SHOMEI_TRY(const auto signature, signer.sign(tbs));
  of_.record_.der = pki::assemble_signed(tbs, signer.algorithm(), signature);
  SHOMEI_TRY(of_.draft_, journal::SealedDraft::seal(result()));
  return {};
}

Result<void> Intent::put_result(journal::Transaction& transaction) {
  auto& record = of_.record_;
  const auto& decision = of_.certificate_.decision();
  SHOMEI_TRY(auto all, transaction.rows().certificates_of(record.resident));
  SHOMEI_CHECK(expect_own_row(all, record));
  auto held = held_beside(std::move(all), record);
  std::erase_if(held, [&](const CertificateRecord& other) { return !ends(decision, other); });
  if (!held.empty()) {
    Draft draft = result();
    for (auto& other : held) SHOMEI_CHECK(revoke(transaction, draft, other, decision));
    SHOMEI_TRY(of_.draft_, journal::SealedDraft::seal(draft));
  }
  record.state = CertificateState::valid;
  SHOMEI_CHECK(transaction.rows().update(record, CertificateState::reserved));
  SHOMEI_CHECK(transaction.append(*std::exchange(of_.draft_, std::nullopt)));
  return {};
}

Result<Intent> record_intent(journal::Transaction transaction, Proposal&& proposal) {
  SHOMEI_TRY(auto intent, Intent::put(transaction, std::move(proposal)));
  SHOMEI_CHECK(transaction.commit());
  return intent;
}

Result<SignedIntent> SignedIntent::sign(Intent&& intent, journal::Journal& journal) {
  Intent mine = std::move(intent);
  if (auto done = mine.sign(); !done) {
    // Whether this succeeds or not, the caller is to know of the first error.
    std::ignore = write_off(mine.record(), mine.officer(), journal);
    return std::move(done).error();
  }
  return SignedIntent(std::move(mine));
}

Result<CertificateRecord> carry_out(Intent&& intent, journal::Journal& journal) {
  SHOMEI_TRY(auto done, SignedIntent::sign(std::move(intent), journal));
  SharedCommit alone(journal);
  alone.put(std::move(done));
  return std::move(std::move(alone).commit().certificates.front());
}

Result<void> SharedCommit::put(journal::Transaction transaction, Proposal&& proposal) {
  SHOMEI_TRY(auto intent, Intent::put(transaction, std::move(proposal)));
  SHOMEI_CHECK(transaction.commit());
  intents_.push_back(std::move(intent));
  return {};
}

void SharedCommit::put(SignedIntent&& signed_intent) {
  signed_.push_back(std::move(signed_intent.intent_));
  recorded_.push_back(put_result(signed_.back()));
}

Result<void> SharedCommit::put_result(Intent& intent) {
  SHOMEI_TRY(auto transaction, series_.begin());
  SHOMEI_CHECK(intent.put_result(transaction));
  return transaction.commit();
}

SharedCommit::Durable SharedCommit::commit() && {
  const auto committed = series_.commit();
  Durable durable{{}, {}};
  bool records_more = !series_.gave_up();  // the store
  for (std::size_t i = 0; i < signed_.size(); ++i) {
    auto& intent = signed_[i];
    auto done = recorded_[i] ? committed : std::move(recorded_[i]);
    if (done) {
      durable.certificates.emplace_back(intent.take_record());
      continue;
    }
    if (records_more) {
      const auto off = write_off(intent.record(), intent.officer(), journal_);
      records_more = off || off.error().fault != Fault::unavailable;
    }
    durable.certificates.emplace_back(std::move(done).error());
  }
  if (committed)
    durable.intents = std::move(intents_);
  else
    durable.intents = committed.error();
  return durable;
}

Result<void> write_off(CertificateRecord record, const Fields& officer, journal::Journal& journal) {
  record.state = CertificateState::written_off;
  record.der.clear();
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_CHECK(transaction.rows().update(record, CertificateState::reserved));
  SHOMEI_CHECK(transaction.append({.act = record.act, .phase = Phase::written_off, .officer = officer}));
  return transaction.commit();
}

Result<CertificateRecord> issue(LintedCertificate&& certificate, const Authority& authority,
                                const Order& order, journal::Journal& journal) {
  SHOMEI_TRY(auto proposal, Proposal::make(std::move(certificate), authority, order));
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_TRY(auto intent, record_intent(std::move(transaction), std::move(proposal)));
  return carry_out(std::move(intent), journal);
}

Result<void> expect_own_certificate(const CertificateRecord& record) {
  const auto certificate = pki::parse_certificate(record.der);
  const bool own = certificate && certificate->tbs.serial == record.serial &&
                   certificate->tbs.not_before == record.not_before &&
                   certificate->tbs.not_after == record.not_after &&
                   crypto::sha256(certificate->tbs.key.spki()) == record.key;
  if (!own) return crossed(record, "certificate");
  return {};
}

Result<void> confirm_delivery(const CertificateRecord& record, const Fields& officer,
                              journal::Journal& journal) {
  SHOMEI_CHECK(expect_own_certificate(record));
  CertificateRecord delivered = record;
  delivered.delivered = true;
  SHOMEI_TRY(auto transaction, journal.begin());
  SHOMEI_TRY(const auto bound, bound_of_intent(transaction.rows(), record));
  SHOMEI_CHECK(transaction.rows().update(delivered, record.state));
  Draft draft{.act = record.act, .phase = Phase::confirmation};
  draft.person = whose(record.resident, record.card);
  draft.officer = officer;
  if (bound) draft.officer.insert_or_assign(std::string(field::kBound), *bound);
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

}  // namespace shomei::authority
