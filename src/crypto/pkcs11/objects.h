// Keys on a token, as PKCS#11 objects: looking for them, reading their public halves, making them.
#pragma once

#include <p11-kit/pkcs11.h>

#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/pkcs11/sessions.h"
#include "crypto/public_key.h"

namespace shomei::crypto::pkcs11 {

// The handle of the private key of that label, or none. conflict "key_ambiguous".
Result<std::optional<CK_OBJECT_HANDLE>> find_private_key(Sessions& sessions, const Seat& seat,
                                                         std::string_view label);
// The public half of a private key: of the public key object with the private key's CKA_ID, or its label.
// not_found "token_public_key_missing", malformed "token_key_form".
Result<PublicKey> read_public_key(Sessions& sessions, const Seat& seat, CK_OBJECT_HANDLE private_key,
                                  std::string_view label);
// A pair that rests on the token and does not leave it; its CKA_ID is its key identifier.
Result<void> make_key_pair(Sessions& sessions, const Seat& seat, std::string_view label, KeyType type);

}  // namespace shomei::crypto::pkcs11
