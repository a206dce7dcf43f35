// Public keys as a token's attributes hold them (PKCS#11 2.40 mechanisms, 2.1.2 and 2.3.3; 3.0, 2.3.5 for
// Ed25519), and the parameters that name a curve there.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/public_key.h"

namespace shomei::crypto::pkcs11 {

// malformed with the parameter `what` when it is no key of a type that KeyType lists.
Result<PublicKey> rsa_public_key(ByteView modulus, ByteView exponent);
// The point in its OCTET STRING, or as it is, as some tokens have it.
Result<PublicKey> curve_public_key(ByteView ec_params, ByteView ec_point);

Bytes curve_parameters(KeyType type);  // CKA_EC_PARAMS to make a key with

}  // namespace shomei::crypto::pkcs11
