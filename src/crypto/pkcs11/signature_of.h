// Between signatures as tokens speak of them and as certificates carry them.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/algorithm.h"

namespace shomei::crypto::pkcs11 {

// r and s of equal length, one after the other (PKCS#11 2.40 mechanisms, 2.3.1), as ECDSA-Sig-Value (RFC 3279
// 2.2.3). malformed "token_signature_form".
Result<Bytes> ecdsa_signature_of(ByteView raw, KeyType type);
// DigestInfo of a message's SHA-256 (RFC 8017 9.2): what CKM_RSA_PKCS pads and signs.
Bytes digest_info_of(ByteView message);

}  // namespace shomei::crypto::pkcs11
