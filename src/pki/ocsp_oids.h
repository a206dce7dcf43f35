// The object identifiers of OCSP (RFC 6960 sections 4.2.1 and 4.4).
#pragma once

#include "der/oid.h"

namespace shomei::pki::ocsp_oid {

inline const der::Oid kBasicResponse("1.3.6.1.5.5.7.48.1.1");
inline const der::Oid kNonce("1.3.6.1.5.5.7.48.1.2");
inline const der::Oid kAcceptableResponses("1.3.6.1.5.5.7.48.1.4");
inline const der::Oid kArchiveCutoff("1.3.6.1.5.5.7.48.1.6");
inline const der::Oid kServiceLocator("1.3.6.1.5.5.7.48.1.7");
inline const der::Oid kPreferredAlgorithms("1.3.6.1.5.5.7.48.1.8");

}  // namespace shomei::pki::ocsp_oid
