#include "pki/revocation_reason.h"

#include <array>
#include <string>

#include "base/check.h"

namespace shomei::pki {
namespace {

struct Row {
  RevocationReason reason;
  std::string_view name;
};

constexpr std::array kRows{
    Row{RevocationReason::unspecified, "unspecified"},
    Row{RevocationReason::key_compromise, "keyCompromise"},
    Row{RevocationReason::ca_compromise, "cACompromise"},
    Row{RevocationReason::affiliation_changed, "affiliationChanged"},
    Row{RevocationReason::superseded, "superseded"},
    Row{RevocationReason::cessation_of_operation, "cessationOfOperation"},
    Row{RevocationReason::certificate_hold, "certificateHold"},
    Row{RevocationReason::remove_from_crl, "removeFromCRL"},
    Row{RevocationReason::privilege_withdrawn, "privilegeWithdrawn"},
    Row{RevocationReason::aa_compromise, "aACompromise"},
};

}  // namespace

std::string_view name(RevocationReason reason) {
  for (const auto& row : kRows)
    if (row.reason == reason) return row.name;
  SHOMEI_INVARIANT(false);
}

Result<RevocationReason> parse_revocation_reason(std::string_view name) {
  for (const auto& row : kRows)
    if (row.name == name) return row.reason;
  return malformed("revocation_reason_unknown", {{"name", std::string(name)}}, "RFC 5280 5.3.1");
}

std::optional<RevocationReason> revocation_reason_of(std::uint8_t number) {
  for (const auto& row : kRows)
    if (static_cast<std::uint8_t>(row.reason) == number) return row.reason;
  return std::nullopt;
}

}  // namespace shomei::pki
