#include "counter/change_status.h"

#include "authority/change_status.h"
#include "authority/issue.h"
#include "authority/prepare.h"
#include "counter/admit.h"
#include "counter/facts.h"
#include "counter/request.h"
#include "counter/traced.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;
using journal::CertificateRecord;

using AuthorityAct = Result<void> (*)(journal::Transaction&, journal::Draft&, CertificateRecord&,
                                      const rules::Decision&);

// removeFromCRL belongs to delta lists alone (RFC 5280 5.3.1); the rules do not know it.
Result<std::optional<rules::Reason>> stated(const std::optional<pki::RevocationReason>& reason) {
  if (!reason) return std::optional<rules::Reason>{};
  const auto known = rules::parse_reason(pki::name(*reason));
  if (!known) return refused("reason_unfit", {{"reason", std::string(pki::name(*reason))}}, "RFC 5280 5.3.1");
  return known;
}

crypto::Sha256 content_of(rules::Verb verb, const StatusRequest& request) {
  std::string certificate = request.serial.hex();
  if (request.kind) certificate += " " + std::string(pki::name(*request.kind));
  return counter::content_of({rules::name(verb), certificate, request.officer.office.text(),
                              request.reason ? pki::name(*request.reason) : "",
                              words_of(request.application)});
}

// The transaction stands on what the decision was made of.
Result<CertificateRecord> change(journal::Transaction& transaction, const Parts& parts,
                                 const StatusRequest& request, rules::Verb verb, AuthorityAct act,
                                 const Office& office) {
  const auto content = content_of(verb, request);
  SHOMEI_TRY(auto before, answered_before(transaction.rows(), request.officer.request, content));
  if (before) return *std::move(before);
  SHOMEI_TRY(auto record, find_certificate(transaction.rows(), request.serial, request.kind));
  const Instant at = parts.journal.clock().now();
  SHOMEI_TRY(auto facts, facts_of_certificate(transaction.rows(), record, office, at));
  add_application(facts, request.application, jst_date(at));
  SHOMEI_TRY(facts.stated_reason, stated(request.reason));
  SHOMEI_TRY(auto decided, decide_act_in(transaction, parts, {verb, authority::kind_of(record.kind), {}},
                                         facts, request.officer, record.resident));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .person = std::move(decided.person),
                       .officer = officer_fields(rules::name(verb), request.officer),
                       .about = record.resident};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(record.resident.text()));
  draft.person.insert_or_assign(std::string(field::kCard), to_bytes(record.card.text()));
  SHOMEI_CHECK(act(transaction, draft, record, decided.decision));
  SHOMEI_CHECK(
      transaction.rows().insert({request.officer.request, draft.act, content, encode_answer(record)}));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return record;
}

Result<CertificateRecord> change_status(const Parts& parts, const StatusRequest& request, rules::Verb verb,
                                        AuthorityAct act) {
  SHOMEI_TRY(const auto office, admit(parts, rules::name(verb), request.officer));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(const auto found, find_certificate(*rows, request.serial, request.kind));
  rows.reset();
  const auto in_a_transaction = [&]() -> Result<CertificateRecord> {
    SHOMEI_TRY(auto transaction, parts.journal.begin());
    return change(transaction, parts, request, verb, act, office);
  };
  return traced(parts, rules::name(verb), request.officer, found.resident, in_a_transaction());
}

}  // namespace

Result<CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial,
                                           std::optional<pki::CertificateKind> kind) {
  SHOMEI_TRY(auto found, rows.find_certificates(serial));
  if (kind) std::erase_if(found, [&](const auto& record) { return record.kind != *kind; });
  if (found.empty()) return not_found("certificate_unknown", {{"serial", serial.hex()}});
  if (found.size() > 1) return conflict("serial_ambiguous", {{"serial", serial.hex()}});
  return std::move(found.front());
}

Result<CertificateRecord> revoke_certificate(const Parts& parts, const StatusRequest& request) {
  return change_status(parts, request, rules::Verb::revoke, authority::revoke);
}

Result<CertificateRecord> suspend_certificate(const Parts& parts, const StatusRequest& request) {
  return change_status(parts, request, rules::Verb::suspend, authority::suspend);
}

Result<CertificateRecord> restore_certificate(const Parts& parts, const StatusRequest& request) {
  return change_status(parts, request, rules::Verb::restore, authority::restore);
}

Result<CertificateRecord> confirm_certificate(const Parts& parts, const Officer& officer,
                                              const pki::SerialNumber& serial,
                                              std::optional<pki::CertificateKind> kind) {
  SHOMEI_CHECK(admit(parts, "confirm", officer));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(auto record, find_certificate(*rows, serial, kind));
  rows.reset();
  if (record.delivered) return record;
  if (!in_force(record))
    return refused("certificate_not_in_force",
                   {{"serial", serial.hex()}, {"state", std::string(journal::name(record.state))}});
  SHOMEI_CHECK(authority::confirm_delivery(record, officer_fields("issue", officer), parts.journal));
  record.delivered = true;
  return record;
}

}  // namespace shomei::counter
