// PrivateKey: a key held by this process, made by OpenSSL and used by the library that is fastest with its
// type. The card's chip and software signers hold one. A value; copies share the key, and all its members may
// be called from several threads. ECDSA's nonces are random, of the operating system.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/algorithm.h"
#include "crypto/public_key.h"
#include "crypto/signer.h"

struct evp_pkey_st;

namespace shomei::crypto {

class SigningKey;

class PrivateKey {
 public:
  static PrivateKey generate(KeyType type);
  static Result<PrivateKey> parse_pkcs8(const SecretBytes& der);  // malformed "private_key_form"
  SecretBytes pkcs8() const;

  const PublicKey& public_key() const { return public_key_; }
  KeyType type() const { return public_key_.type(); }

  // Hashes and signs with the algorithm of the key's type.
  Result<Bytes> sign(ByteView message) const;
  // RSA alone: PKCS#1 v1.5 type 1 padding of the bytes as given (1 to modulus - 11 bytes), then the private
  // operation: what a card's COMPUTE DIGITAL SIGNATURE does (jpki-facts 1.5). malformed
  // "padding_input_length".
  Result<Bytes> sign_padded(ByteView digest_info) const;
  // RSA alone: RSASSA-PSS (RFC 8017 8.1) over that SHA-256, MGF1 with SHA-256, salt of 32 bytes. malformed
  // "padding_input_length" for any other length.
  Result<Bytes> sign_pss(ByteView digest) const;
  // ECDSA alone: over a digest as it is, in ECDSA's DER form.
  Result<Bytes> sign_digest(ByteView digest) const;

 private:
  static Result<PrivateKey> of(std::shared_ptr<evp_pkey_st> key);
  PrivateKey(std::shared_ptr<evp_pkey_st> key, PublicKey public_key,
             std::shared_ptr<const SigningKey> signing_key)
      : key_(std::move(key)), public_key_(std::move(public_key)), signing_key_(std::move(signing_key)) {}
  std::shared_ptr<evp_pkey_st> key_;
  PublicKey public_key_;
  std::shared_ptr<const SigningKey> signing_key_;
};

std::unique_ptr<Signer> software_signer(PrivateKey key);

}  // namespace shomei::crypto
