// What GENERATE ASYMMETRIC KEY PAIR answers: the public key as ISO/IEC 7816-8 writes it, and the card's word
// for it. Of this folder alone.
#pragma once

#include "base/result.h"
#include "crypto/public_key.h"

namespace shomei::issuer {

struct MadeKey {
  crypto::PublicKey key;
  Bytes attestation;  // the signature over the statement
};

// 7F49 {81 modulus, 82 exponent} or 7F49 {86 point of P-384}, then 5F37 signature. malformed
// "card_key_form" {what}, and what PublicKey::parse says of its numbers.
Result<MadeKey> parse_made_key(ByteView answer);

}  // namespace shomei::issuer
