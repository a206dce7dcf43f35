// The extensions of revocation lists and of their entries (RFC 5280 sections 4.2.1.1, 5.2 and 5.3).
#pragma once

#include "der/oid.h"

namespace shomei::pki::crl_oid {

inline const der::Oid kNumber("2.5.29.20");
inline const der::Oid kReason("2.5.29.21");
inline const der::Oid kInvalidityDate("2.5.29.24");
inline const der::Oid kDeltaIndicator("2.5.29.27");
inline const der::Oid kIssuingDistributionPoint("2.5.29.28");
inline const der::Oid kAuthorityKey("2.5.29.35");
inline const der::Oid kFreshest("2.5.29.46");

}  // namespace shomei::pki::crl_oid
