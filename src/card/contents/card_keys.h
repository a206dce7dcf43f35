// The card's own keys as the input helper's files hold them: EF 0006, A1{90, 91}, to which a terminal
// encrypts a session key; EF 0007, FF50{DF51 key, DF52 signature}, with which the card proves that the files
// are its own.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/signed_part.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

Bytes encode_session_key(const crypto::PublicKey& key);
// malformed "card_content_form", "public_key_form". Nobody vouches for this key.
Result<crypto::PublicKey> parse_session_key(ByteView file);

struct SignedKey {
  crypto::PublicKey key;
  SignedPart part;
};

Result<SignedKey> make_signed_key(const FileSigner& signer, const crypto::PublicKey& key);
Bytes encode_signed_key(const SignedKey& signed_key);
Result<SignedKey> parse_signed_key(ByteView file);

}  // namespace shomei::card::contents
