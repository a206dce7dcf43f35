#include "authority/change_status.h"

#include <algorithm>

#include "authority/prepare.h"

namespace shomei::authority {
namespace {

using journal::CertificateRecord;
using journal::CertificateState;

Error not_in_force(const CertificateRecord& record) {
  return refused("certificate_not_in_force",
                 {{"serial", record.serial.hex()}, {"state", std::string(journal::name(record.state))}});
}

Result<void> end(journal::Transaction& transaction, journal::Draft& draft, CertificateRecord& record,
                 pki::RevocationReason reason, Instant at) {
  const auto before = record.state;
  if (!in_force(record)) return not_in_force(record);
  record.state = CertificateState::revoked;
  // By a clock that came back, a certificate may begin later than now: it ends as it begins.
  record.revoked_at = std::max(at, record.not_before);
  record.reason = reason;
  SHOMEI_CHECK(transaction.rows().update(record, before));
  draft.status.push_back(
      journal::CertificateRevoked{record.authority, record.serial, *record.revoked_at, reason, std::nullopt});
  return {};
}

// What the decision says of the certificate of this kind; null when it says nothing.
const rules::CertificateEnd* end_of(const rules::Decision& decision, const CertificateRecord& record) {
  const auto found = std::ranges::find_if(
      decision.ends(), [&](const rules::CertificateEnd& e) { return kind_of(e.kind) == record.kind; });
  return found == decision.ends().end() ? nullptr : &*found;
}

}  // namespace

Result<void> revoke(journal::Transaction& transaction, journal::Draft& draft, CertificateRecord& record,
                    const rules::Decision& decision) {
  const auto* decided = end_of(decision, record);
  // A hold is a suspension (RFC 5280 5.3.1), and takes nothing off for good.
  if (!decided || decided->reason == rules::Reason::certificateHold)
    return refused("revocation_not_decided", {{"serial", record.serial.hex()}});
  SHOMEI_TRY(const auto reason, pki::parse_revocation_reason(rules::name(decided->reason)));
  return end(transaction, draft, record, reason, decided->from);
}

Result<void> revoke_undelivered(journal::Transaction& transaction, journal::Draft& draft,
                                CertificateRecord& record, Instant at) {
  return end(transaction, draft, record, pki::RevocationReason::unspecified, at);
}

Result<void> suspend(journal::Transaction& transaction, journal::Draft& draft, CertificateRecord& record,
                     const rules::Decision& decision) {
  const auto* decided = end_of(decision, record);
  if (!decision.granted() || !decided || decided->reason != rules::Reason::certificateHold)
    return refused("suspension_not_decided", {{"serial", record.serial.hex()}});
  if (record.state != CertificateState::valid) return not_in_force(record);
  record.state = CertificateState::suspended;
  record.revoked_at = std::max(decided->from, record.not_before);
  record.reason = pki::RevocationReason::certificate_hold;
  SHOMEI_CHECK(transaction.rows().update(record, CertificateState::valid));
  draft.status.push_back(journal::CertificateSuspended{record.authority, record.serial, *record.revoked_at});
  return {};
}

Result<void> restore(journal::Transaction& transaction, journal::Draft& draft, CertificateRecord& record,
                     const rules::Decision& decision) {
  const auto& act = decision.act();
  const bool about_it = !act.kind || kind_of(*act.kind) == record.kind;
  if (!decision.granted() || act.verb != rules::Verb::restore || !about_it)
    return refused("restoration_not_decided", {{"serial", record.serial.hex()}});
  if (record.state != CertificateState::suspended)
    return refused("certificate_not_suspended",
                   {{"serial", record.serial.hex()}, {"state", std::string(journal::name(record.state))}});
  record.state = CertificateState::valid;
  // By a clock that came back, a hold may begin later than now: it ends as it begins.
  const Instant from = std::max(decision.at(), record.revoked_at.value_or(decision.at()));
  record.revoked_at.reset();
  record.reason.reset();
  SHOMEI_CHECK(transaction.rows().update(record, CertificateState::suspended));
  draft.status.push_back(journal::CertificateRestored{record.authority, record.serial, from});
  return {};
}

}  // namespace shomei::authority
