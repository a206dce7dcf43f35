// What cards do with RSA keys beyond signing messages: bytes that are padded as given (RFC 8017 9.2), and a
// seed that is encrypted to a card's key (RSAES-OAEP, 7.1, with SHA-256 in both places and no label).
// RSA keys alone; malformed "public_key_form" for others.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"

namespace shomei::crypto {

// Both big-endian, with or without leading zeros. malformed "public_key_form".
Result<PublicKey> rsa_public_key(ByteView modulus, ByteView exponent);
Bytes rsa_exponent(const PublicKey& key);  // big-endian, no leading zero; empty of others

// What PrivateKey::sign_padded has made. refused "signature_wrong".
Result<void> verify_padded(const PublicKey& key, ByteView digest_info, ByteView signature);

// RSASSA-PSS (RFC 8017 8.1) over the SHA-256 of the message, as PrivateKey::sign_pss makes it: MGF1 with
// SHA-256, and a salt of exactly 32 bytes. refused "signature_wrong".
Result<void> verify_pss(const PublicKey& key, ByteView message, ByteView signature);

// malformed "padding_input_length" when the message is too long for the key.
Result<Bytes> encrypt_oaep(const PublicKey& key, const SecretBytes& message);
// refused "decryption_failed", one error for every reason.
Result<SecretBytes> decrypt_oaep(const PrivateKey& key, ByteView encrypted);

}  // namespace shomei::crypto
