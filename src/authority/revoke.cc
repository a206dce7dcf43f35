#include "authority/revoke.h"

#include <algorithm>

namespace shomei::authority {

using journal::CertificateState;

Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft,
                    journal::CertificateRecord& record, pki::RevocationReason reason, Instant at) {
  // RFC 5280 5.3.1: a hold is a suspension, and removeFromCRL belongs to delta lists alone.
  if (reason == pki::RevocationReason::certificate_hold || reason == pki::RevocationReason::remove_from_crl)
    return refused("reason_unfit", {{"reason", std::string(pki::name(reason))}}, "RFC 5280 5.3.1");
  const auto before = record.state;
  if (before != CertificateState::valid && before != CertificateState::suspended)
    return refused("certificate_not_in_force",
                   {{"serial", record.serial.hex()}, {"state", std::string(journal::name(before))}});
  record.state = CertificateState::revoked;
  // By a clock that came back, a certificate may begin later than now: it ends as it begins.
  record.revoked_at = std::max(at, record.not_before);
  record.reason = reason;
  SHOMEI_CHECK(transaction.rows().update(record, before));
  draft.status.push_back(
      journal::CertificateRevoked{record.authority, record.serial, *record.revoked_at, reason, std::nullopt});
  return {};
}

}  // namespace shomei::authority
