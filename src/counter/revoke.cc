#include "counter/revoke.h"

#include "authority/revoke.h"
#include "crypto/random.h"

namespace shomei::counter {

namespace field = journal::field;

Result<journal::CertificateRecord> find_certificate(journal::Rows& rows, const pki::SerialNumber& serial) {
  SHOMEI_TRY(auto found, rows.find_certificates(serial));
  if (found.empty()) return not_found("certificate_unknown", {{"serial", serial.hex()}});
  if (found.size() > 1) return conflict("serial_ambiguous", {{"serial", serial.hex()}});
  return std::move(found.front());
}

Result<journal::CertificateRecord> revoke_certificate(const Parts& parts, const Officer& officer,
                                                      const pki::SerialNumber& serial,
                                                      pki::RevocationReason reason) {
  SHOMEI_CHECK(parts.directory.office(officer.office));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_TRY(auto record, find_certificate(transaction.rows(), serial));
  const Instant at = parts.journal.clock().now();
  journal::Draft draft{.act = crypto::random_identifier<ActId>(),
                       .officer = officer_fields("revoke", officer)};
  draft.person = {{std::string(field::kResident), to_bytes(record.resident.text())},
                  {std::string(field::kCard), to_bytes(record.card.text())}};
  SHOMEI_CHECK(authority::revoke(transaction, draft, record, reason, at));
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return record;
}

}  // namespace shomei::counter
