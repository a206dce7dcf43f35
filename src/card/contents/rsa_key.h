// An RSA key as these files write it: 90 exponent, 91 modulus, one after the other.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

Bytes encode_rsa_key(const crypto::PublicKey& key);
// malformed "card_content_form", "public_key_form".
Result<crypto::PublicKey> parse_rsa_key(ByteView bytes);

}  // namespace shomei::card::contents
