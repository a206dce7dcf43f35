#include "authority/change_many.h"

#include <algorithm>

#include "authority/prepare.h"

namespace shomei::authority {
namespace {

using journal::CertificateState;

// What the decision says of certificates of this kind; null when it says nothing.
const rules::CertificateEnd* end_of(const rules::Decision& decision, pki::CertificateKind kind) {
  const auto found =
      std::ranges::find_if(decision.ends(), [&](const auto& e) { return kind_of(e.kind) == kind; });
  return found == decision.ends().end() ? nullptr : &*found;
}

}  // namespace

Result<std::vector<journal::Moved>> revoke(journal::Transaction& transaction, journal::Draft& draft,
                                           const Many& many, const rules::Decision& decision, Instant at) {
  const auto* decided = end_of(decision, many.kind);
  if (!decision.granted() || !decided || decided->reason == rules::Reason::certificateHold)
    return refused("mass_revocation_not_decided", {{"authority", many.authority}});
  SHOMEI_TRY(const auto reason, pki::parse_revocation_reason(rules::name(decided->reason)));
  SHOMEI_TRY(auto moved, transaction.rows().move_states({.serial_space = many.serial_space,
                                                         .serials = many.serials,
                                                         .suspended_too = true,
                                                         .to = CertificateState::revoked,
                                                         .at = std::max(at, decided->from),
                                                         .reason = reason}));
  for (std::size_t i = 0; i < moved.size(); ++i)
    if (moved[i].moved)
      draft.status.emplace_back(
          journal::CertificateRevoked{many.authority, many.serials[i], moved[i].at, reason, std::nullopt});
  return moved;
}

Result<std::vector<journal::Moved>> suspend(journal::Transaction& transaction, journal::Draft& draft,
                                            const Many& many, const rules::Decision& decision, Instant at) {
  const auto* decided = end_of(decision, many.kind);
  if (!decision.granted() || !decided || decided->reason != rules::Reason::certificateHold)
    return refused("mass_suspension_not_decided", {{"authority", many.authority}});
  SHOMEI_TRY(auto moved, transaction.rows().move_states({.serial_space = many.serial_space,
                                                         .serials = many.serials,
                                                         .to = CertificateState::suspended,
                                                         .at = std::max(at, decided->from),
                                                         .reason = pki::RevocationReason::certificate_hold}));
  for (std::size_t i = 0; i < moved.size(); ++i)
    if (moved[i].moved)
      draft.status.emplace_back(journal::CertificateSuspended{many.authority, many.serials[i], moved[i].at});
  return moved;
}

}  // namespace shomei::authority
