// The objects of a token: what PKCS#11 applications find of a card's half, made from its two certificates.
// PKCS#11 2.40 section 4. Values; pure.
#pragma once

#include <p11-kit/pkcs11.h>

#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "card/kind.h"
#include "pkcs11/certificate_fields.h"

namespace shomei::pkcs11 {

struct Attribute {
  CK_ATTRIBUTE_TYPE type;
  Bytes value;
};

// Handles mean the same on every card, so that none ever means another object than it did.
inline constexpr CK_OBJECT_HANDLE kCertificateHandle = 1;
inline constexpr CK_OBJECT_HANDLE kPublicKeyHandle = 2;
inline constexpr CK_OBJECT_HANDLE kPrivateKeyHandle = 3;
inline constexpr CK_OBJECT_HANDLE kAuthorityHandle = 4;

struct Object {
  CK_OBJECT_HANDLE handle;
  bool is_private;  // seen after login alone
  std::vector<Attribute> attributes;

  const Bytes* find(CK_ATTRIBUTE_TYPE type) const;  // nullptr: it has none
  // CKA_VALUE and the like of a private key: there, and told to nobody.
  bool is_sensitive(CK_ATTRIBUTE_TYPE type) const;
};

struct Objects {
  std::vector<Object> all;
  std::optional<PublicNumbers> key;  // of the private key, when it is there

  const Object* find(CK_OBJECT_HANDLE handle) const;
};

// Certificate and keys, which are found together by CKA_ID. Empty when these bytes are no certificate. The
// signature certificate and its public key are private, because it tells its holder's name and address.
Objects key_objects(card::Kind kind, ByteView certificate);
// The authority's certificate, from a file that anybody can read: CKA_TRUSTED is false.
std::vector<Object> authority_objects(card::Kind kind, ByteView certificate);

}  // namespace shomei::pkcs11
