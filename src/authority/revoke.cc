#include "authority/revoke.h"

#include <algorithm>

#include "authority/prepare.h"

namespace shomei::authority {
namespace {

using journal::CertificateState;

Result<void> end(journal::Transaction& transaction, journal::Draft& draft, journal::CertificateRecord& record,
                 pki::RevocationReason reason, Instant at) {
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

}  // namespace

Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft,
                    journal::CertificateRecord& record, const rules::Decision& decision) {
  const auto wanted = [&](const rules::CertificateEnd& e) { return kind_of(e.kind) == record.kind; };
  const auto decided = std::ranges::find_if(decision.ends(), wanted);
  // A hold is a suspension (RFC 5280 5.3.1), and takes nothing off for good.
  if (decided == decision.ends().end() || decided->reason == rules::Reason::certificateHold)
    return refused("revocation_not_decided", {{"serial", record.serial.hex()}});
  SHOMEI_TRY(const auto reason, pki::parse_revocation_reason(rules::name(decided->reason)));
  return end(transaction, draft, record, reason, decided->from);
}

Result<void> revoke_undelivered(journal::Transaction& transaction, journal::Draft& draft,
                                journal::CertificateRecord& record, Instant at) {
  return end(transaction, draft, record, pki::RevocationReason::unspecified, at);
}

}  // namespace shomei::authority
