// The order in which a person's certificates are decided and issued.
#pragma once

#include <vector>

#include "pki/certificate_kind.h"

namespace shomei::counter {

// Each once, authentication first: the signature certificate may not outlive it.
std::vector<pki::CertificateKind> in_order(std::vector<pki::CertificateKind> kinds);

}  // namespace shomei::counter
