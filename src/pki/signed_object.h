// The frame that certificates, revocation lists and status answers share (RFC 5280 4.1.1):
//   SEQUENCE { tbs, AlgorithmIdentifier, BIT STRING signature }
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/public_key.h"

namespace shomei::pki {

// Borrowed from the bytes that were parsed.
struct SignedObject {
  ByteView tbs;  // with tag and length: what the signature is over
  crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::rsa_pkcs1_sha256;
  ByteView signature;
};

// `tbs` is one whole DER value; the signature was made over exactly these bytes.
Bytes assemble_signed(ByteView tbs, crypto::SignatureAlgorithm algorithm, ByteView signature);
// malformed "der_form", "algorithm_unknown".
Result<SignedObject> parse_signed(ByteView der);
// refused "signature_wrong".
Result<void> verify_signed(const SignedObject& object, const crypto::PublicKey& key);

}  // namespace shomei::pki
