// Signer: the port to a private key that may live anywhere (this process, a token, a card). Whoever signs
// takes one of these and never a key. Implementations are safe to call from several threads.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/public_key.h"

namespace shomei::crypto {

class Signer {
 public:
  virtual ~Signer() = default;
  virtual const PublicKey& public_key() const = 0;
  virtual SignatureAlgorithm algorithm() const { return algorithm_of(public_key().type()); }
  // The signature over the message (not over its digest). ECDSA answers in its DER form. What a fault has
  // spoiled is never handed out where it would tell the key: a token's answer is verified by its maker, and
  // OpenSSL verifies what RSA by the remainders has given before it lets it go.
  virtual Result<Bytes> sign(ByteView message) = 0;
};

}  // namespace shomei::crypto
