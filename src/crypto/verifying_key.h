// What PublicKey and PrivateKey hold: a key as the library sees it that is fastest with its type (the
// measurements and the choice: docs/decisions/0010-signing-libraries.md). Both are made ready once and then
// used from several threads without a lock.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/algorithm.h"

namespace shomei::crypto {

class VerifyingKey {
 public:
  virtual ~VerifyingKey() = default;
  // Whether the signature is the message's, with the algorithm of the key's type.
  virtual bool holds(ByteView message, ByteView signature) const = 0;
};

class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual Result<Bytes> sign(ByteView message) const = 0;  // internal "signing_failed"
};

// Null when the numbers are no key of the type: the point is not on the curve, say.
using VerifyingKeyPointer = std::shared_ptr<const VerifyingKey>;
VerifyingKeyPointer rsa_verifying_key(ByteView modulus, ByteView exponent);  // big-endian
VerifyingKeyPointer p256_verifying_key(ByteView point);                      // uncompressed, 65 bytes
VerifyingKeyPointer p384_verifying_key(ByteView point);                      // uncompressed, 97 bytes
VerifyingKeyPointer ed25519_verifying_key(ByteView key);                     // 32 bytes

// A second judge of a P-384 signature: OpenSSL, at two and a half times the cost.
bool p384_holds_by_openssl(ByteView point, ByteView message, ByteView signature);

using SigningKeyPointer = std::shared_ptr<const SigningKey>;
SigningKeyPointer p384_signing_key(const SecretBytes& scalar);  // big-endian, 48 bytes

}  // namespace shomei::crypto
