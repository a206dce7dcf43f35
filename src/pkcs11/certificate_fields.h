// What PKCS#11 shows of a certificate: its names, its number and its key, as the DER that they stand in. Not
// a validation: who the certificate is of is for the application to judge.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::pkcs11 {

enum class KeyKind { rsa, ec };

struct PublicNumbers {
  KeyKind kind = KeyKind::rsa;
  Bytes modulus, exponent;  // of RSA-2048, without sign bytes
  Bytes curve, point;       // of P-384: the OBJECT IDENTIFIER, and the uncompressed point without a wrapping

  // How long a signature is: the modulus, or r and s.
  std::size_t signature_bytes() const;
};

struct CertificateFields {
  Bytes serial_number, issuer, subject, spki;  // whole values
  std::optional<PublicNumbers> key;            // none: not of a kind that a card has
};

// malformed "der_form" when the bytes are not laid out as a certificate.
Result<CertificateFields> parse_certificate_fields(ByteView certificate);

}  // namespace shomei::pkcs11
