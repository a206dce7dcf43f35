// DigestInfo (RFC 8017 9.2): what a verifier expects to find inside a PKCS#1 v1.5 signature. The card's files
// sign several digests in a row in the place of the one.
#pragma once

#include "base/bytes.h"
#include "der/oid.h"

namespace shomei::card {

Bytes digest_info(const der::Oid& algorithm, ByteView digest);
Bytes digest_info(ByteView sha256);  // of that algorithm

}  // namespace shomei::card
