// PublicKey: a SubjectPublicKeyInfo that has been parsed and found usable. A value; copies share the parsed
// key, and all its members may be called from several threads.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/algorithm.h"
#include "crypto/digest.h"

namespace shomei::crypto {

class VerifyingKey;

class PublicKey {
 public:
  // From DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7), points uncompressed. malformed "public_key_form" when
  // its numbers are no key or of no type that KeyType lists, and "der_form".
  static Result<PublicKey> parse(ByteView spki);

  const Bytes& spki() const { return spki_; }
  // The content of the subjectPublicKey BIT STRING: what key identifiers and OCSP's issuerKeyHash digest.
  const Bytes& key_bits() const { return key_bits_; }
  Sha1 key_identifier() const { return sha1(key_bits_); }  // RFC 5280 4.2.1.2 method (1)
  KeyType type() const { return type_; }
  Bytes modulus() const;  // of an RSA key, big-endian without a sign byte; empty of others

  // refused "signature_wrong" when the mathematics does not hold.
  Result<void> verify(SignatureAlgorithm algorithm, ByteView message, ByteView signature) const;
  bool operator==(const PublicKey& other) const { return spki_ == other.spki_; }

 private:
  PublicKey() = default;
  Bytes spki_;
  Bytes key_bits_;
  KeyType type_ = KeyType::rsa_2048;
  std::shared_ptr<const VerifyingKey> key_;
};

}  // namespace shomei::crypto
