// RevocationReason: why a certificate no longer holds (CRLReason, RFC 5280 5.3.1). Named in text exactly as
// in the RFC. No reason means unspecified.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace shomei::pki {

enum class RevocationReason : std::uint8_t {
  unspecified = 0,  // never encoded: its absence says the same (RFC 5280 5.3.1)
  key_compromise = 1,
  ca_compromise = 2,
  affiliation_changed = 3,
  superseded = 4,
  cessation_of_operation = 5,
  certificate_hold = 6,
  remove_from_crl = 8,  // 7 is not used
  privilege_withdrawn = 9,
  aa_compromise = 10,
};

std::string_view name(RevocationReason reason);  // "keyCompromise", "affiliationChanged", ...
// malformed "revocation_reason_unknown".
Result<RevocationReason> parse_revocation_reason(std::string_view name);
// By its number in DER; none for a number that names no reason.
std::optional<RevocationReason> revocation_reason_of(std::uint8_t number);

}  // namespace shomei::pki
