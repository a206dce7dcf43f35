#include "counter/revoke.h"

#include "authority/prepare.h"
#include "authority/revoke.h"
#include "counter/facts.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;

// removeFromCRL belongs to delta lists alone (RFC 5280 5.3.1); the rules do not know it.
Result<std::optional<rules::Reason>> stated(const std::optional<pki::RevocationReason>& reason) {
  if (!reason) return std::optional<rules::Reason>{};
  const auto known = rules::parse_reason(pki::name(*reason));
  if (!known) return refused("reason_unfit", {{"reason", std::string(pki::name(*reason))}}, "RFC 5280 5.3.1");
  return known;
}

// The certificate that is asked about, and the card that it is on, which need not be the latest one.
Result<rules::Facts> facts_for(journal::Rows& rows, const journal::CertificateRecord& record,
                               const Office& office, Instant at) {
  SHOMEI_TRY(auto holder, find_holder(rows, record.resident));
  SHOMEI_TRY(auto card, rows.find_card(record.card));
  if (card) holder.card = *std::move(card);
  holder.certificates = {record};
  return facts_of(holder, office, at);
}

}  // namespace

Result<journal::CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial) {
  SHOMEI_TRY(auto found, rows.find_certificates(serial));
  if (found.empty()) return not_found("certificate_unknown", {{"serial", serial.hex()}});
  if (found.size() > 1) return conflict("serial_ambiguous", {{"serial", serial.hex()}});
  return std::move(found.front());
}

Result<journal::CertificateRecord> revoke_certificate(const Parts& parts, const RevokeRequest& request) {
  SHOMEI_TRY(const auto office, parts.directory.office(request.officer.office));
  SHOMEI_TRY(auto rows, parts.journal.read());
  SHOMEI_TRY(auto record, find_certificate(*rows, request.serial));
  const Instant at = parts.journal.clock().now();
  SHOMEI_TRY(auto facts, facts_for(*rows, record, office, at));
  rows.reset();
  add_application(facts, request.application, jst_date(at));
  SHOMEI_TRY(facts.stated_reason, stated(request.reason));
  const rules::Act act{rules::Verb::revoke, authority::kind_of(record.kind), std::nullopt};
  SHOMEI_TRY(auto decided, decide_act(parts, act, facts, request.officer, record.resident));

  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(record, find_certificate(transaction.rows(), request.serial));  // as it is now
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .person = std::move(decided.person),
                       .officer = officer_fields("revoke", request.officer)};
  draft.person.insert_or_assign(std::string(field::kResident), to_bytes(record.resident.text()));
  draft.person.insert_or_assign(std::string(field::kCard), to_bytes(record.card.text()));
  SHOMEI_CHECK(authority::revoke(transaction, draft, record, decided.decision));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return record;
}

}  // namespace shomei::counter
