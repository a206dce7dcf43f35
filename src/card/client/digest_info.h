// DigestInfo (RFC 8017 9.2): what a verifier expects to find inside a PKCS#1 v1.5 signature.
#pragma once

#include "base/bytes.h"
#include "crypto/digest.h"

namespace shomei::card::client {

Bytes digest_info(const crypto::Sha256& digest);

}  // namespace shomei::card::client
