#include "authority/revoke.h"

namespace shomei::authority {

using journal::CertificateState;

Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft,
                    journal::CertificateRecord record, pki::RevocationReason reason, Instant at) {
  // RFC 5280 5.3.1: a hold is a suspension, and removeFromCRL belongs to delta lists alone.
  if (reason == pki::RevocationReason::certificate_hold || reason == pki::RevocationReason::remove_from_crl)
    return refused("reason_unfit", {{"reason", std::string(pki::name(reason))}}, "RFC 5280 5.3.1");
  const auto before = record.state;
  if (before != CertificateState::valid && before != CertificateState::suspended)
    return refused("certificate_not_in_force",
                   {{"serial", record.serial.hex()}, {"state", std::string(journal::name(before))}});
  record.state = CertificateState::revoked;
  record.revoked_at = at;
  record.reason = reason;
  SHOMEI_CHECK(transaction.rows().update(record, before));
  draft.status.push_back(
      journal::CertificateRevoked{record.authority, record.serial, at, reason, std::nullopt});
  return {};
}

}  // namespace shomei::authority
