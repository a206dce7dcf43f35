#include "crypto/pkcs11/signature_of.h"

#include "crypto/digest.h"
#include "der/writer.h"

namespace shomei::crypto::pkcs11 {

Result<Bytes> ecdsa_signature_of(ByteView raw, KeyType type) {
  const std::size_t half = type == KeyType::ec_p384 ? 48 : 32;
  if (raw.size() != 2 * half)
    return malformed("token_signature_form", {{"bytes", std::to_string(raw.size())}});
  return der::sequence(
      {der::integer_of_magnitude(raw.first(half)), der::integer_of_magnitude(raw.last(half))});
}

Bytes digest_info_of(ByteView message) {
  return der::sequence({der::sequence({der::oid(der::Oid("2.16.840.1.101.3.4.2.1")), der::null()}),
                        der::octet_string(sha256(message))});
}

}  // namespace shomei::crypto::pkcs11
