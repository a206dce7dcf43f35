// Which generation of an authority does what. Generations share a name and a space of serial numbers, and
// differ by key (jpki-facts 2.1).
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "journal/certificate_record.h"

namespace shomei::authority {

// The generation that issues at that moment: the newest whose certificate has begun. From then on the one
// before signs its lists and answers for its certificates, and issues none: what it issued could not last as
// long. Where none has begun, the oldest. Null when there is none of the kind. `preferred` names one that
// issues instead, once it has begun: the way back to the one before; empty: none does.
Result<const journal::AuthorityRecord*> issuing_generation(std::span<const journal::AuthorityRecord> records,
                                                           pki::CertificateKind kind, Instant at,
                                                           std::string_view preferred = {});

// The newest, whether it has begun or not; null when there is none of the kind.
const journal::AuthorityRecord* latest_generation(std::span<const journal::AuthorityRecord> records,
                                                  pki::CertificateKind kind);

}  // namespace shomei::authority
