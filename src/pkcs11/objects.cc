#include "pkcs11/objects.h"

#include <algorithm>
#include <string_view>

#include "crypto/digest.h"
#include "der/writer.h"
#include "pkcs11/mechanisms.h"

namespace shomei::pkcs11 {
namespace {

constexpr CK_ULONG kTokenUser = 1;  // CKA_CERTIFICATE_CATEGORY
constexpr CK_ULONG kAuthority = 2;

template <class T>
Bytes as_memory(const T& value) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
  return Bytes(bytes, bytes + sizeof value);
}

Attribute number(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
  return {type, as_memory(value)};
}
Attribute truth(CK_ATTRIBUTE_TYPE type, bool value) {
  return {type, as_memory(static_cast<CK_BBOOL>(value ? CK_TRUE : CK_FALSE))};
}

std::string_view words(card::Kind kind) {
  return kind == card::Kind::signature ? "Digital Signature" : "User Authentication";
}

// As OpenSC numbers them, so that what was written for it finds the same things here.
std::uint8_t id_of(card::Kind kind, bool authority) {
  return static_cast<std::uint8_t>((kind == card::Kind::signature ? 2 : 1) + (authority ? 2 : 0));
}

std::vector<Attribute> common(CK_OBJECT_CLASS object_class, std::string_view label, std::uint8_t id,
                              bool is_private) {
  return {number(CKA_CLASS, object_class), truth(CKA_TOKEN, true),
          truth(CKA_PRIVATE, is_private),  truth(CKA_MODIFIABLE, false),
          truth(CKA_COPYABLE, false),      truth(CKA_DESTROYABLE, false),
          {CKA_LABEL, to_bytes(label)},    {CKA_ID, {id}}};
}

void add(std::vector<Attribute>& to, std::vector<Attribute> more) {
  for (auto& attribute : more) to.push_back(std::move(attribute));
}

Object certificate_object(CK_OBJECT_HANDLE handle, std::vector<Attribute> attributes, bool is_private,
                          const CertificateFields& fields, ByteView certificate, CK_ULONG category) {
  const auto digest = crypto::sha1(certificate);
  add(attributes, {number(CKA_CERTIFICATE_TYPE, CKC_X_509),
                   number(CKA_CERTIFICATE_CATEGORY, category),
                   truth(CKA_TRUSTED, false),
                   {CKA_CHECK_VALUE, Bytes(digest.begin(), digest.begin() + 3)},
                   {CKA_SUBJECT, fields.subject},
                   {CKA_ISSUER, fields.issuer},
                   {CKA_SERIAL_NUMBER, fields.serial_number},
                   {CKA_PUBLIC_KEY_INFO, fields.spki},
                   {CKA_VALUE, to_bytes(certificate)}});
  return {handle, is_private, std::move(attributes)};
}

// What a public and a private key tell alike.
void add_key(std::vector<Attribute>& to, const CertificateFields& fields) {
  const auto& key = *fields.key;
  const bool rsa = key.kind == KeyKind::rsa;
  add(to, {number(CKA_KEY_TYPE, rsa ? CKK_RSA : CKK_EC),
           truth(CKA_DERIVE, false),
           truth(CKA_LOCAL, true),
           number(CKA_KEY_GEN_MECHANISM, rsa ? CKM_RSA_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN),
           {CKA_START_DATE, {}},
           {CKA_END_DATE, {}},
           {CKA_SUBJECT, fields.subject},
           {CKA_PUBLIC_KEY_INFO, fields.spki}});
  if (rsa)
    add(to, {{CKA_MODULUS, key.modulus}, {CKA_PUBLIC_EXPONENT, key.exponent}});
  else
    add(to, {{CKA_EC_PARAMS, key.curve}, {CKA_EC_POINT, der::octet_string(key.point)}});
}

Object public_key_object(std::vector<Attribute> attributes, bool is_private,
                         const CertificateFields& fields) {
  add_key(attributes, fields);
  if (fields.key->kind == KeyKind::rsa)
    attributes.push_back(number(CKA_MODULUS_BITS, 8 * fields.key->modulus.size()));
  add(attributes, {truth(CKA_VERIFY, true), truth(CKA_VERIFY_RECOVER, false), truth(CKA_ENCRYPT, false),
                   truth(CKA_WRAP, false), truth(CKA_TRUSTED, false)});
  return {kPublicKeyHandle, is_private, std::move(attributes)};
}

Bytes allowed_mechanisms(KeyKind key) {
  Bytes memory;
  for (const auto type : mechanisms_of(key))
    if (find_mechanism(type, key)->key) append(memory, as_memory(type));
  return memory;
}

Object private_key_object(std::vector<Attribute> attributes, card::Kind kind,
                          const CertificateFields& fields) {
  add_key(attributes, fields);
  add(attributes, {truth(CKA_SIGN, true),
                   truth(CKA_SIGN_RECOVER, false),
                   truth(CKA_DECRYPT, false),
                   truth(CKA_UNWRAP, false),
                   truth(CKA_SENSITIVE, true),
                   truth(CKA_EXTRACTABLE, false),
                   truth(CKA_ALWAYS_SENSITIVE, true),
                   truth(CKA_NEVER_EXTRACTABLE, true),
                   truth(CKA_WRAP_WITH_TRUSTED, false),
                   truth(CKA_ALWAYS_AUTHENTICATE, kind == card::Kind::signature),
                   {CKA_ALLOWED_MECHANISMS, allowed_mechanisms(fields.key->kind)}});
  return {kPrivateKeyHandle, true, std::move(attributes)};
}

}  // namespace

const Bytes* Object::find(CK_ATTRIBUTE_TYPE type) const {
  const auto found = std::ranges::find(attributes, type, &Attribute::type);
  return found == attributes.end() ? nullptr : &found->value;
}

bool Object::is_sensitive(CK_ATTRIBUTE_TYPE type) const {
  if (handle != kPrivateKeyHandle) return false;
  switch (type) {
    case CKA_VALUE:
    case CKA_PRIVATE_EXPONENT:
    case CKA_PRIME_1:
    case CKA_PRIME_2:
    case CKA_EXPONENT_1:
    case CKA_EXPONENT_2:
    case CKA_COEFFICIENT:
      return true;
    default:
      return false;
  }
}

const Object* Objects::find(CK_OBJECT_HANDLE handle) const {
  const auto found = std::ranges::find(all, handle, &Object::handle);
  return found == all.end() ? nullptr : &*found;
}

Objects key_objects(card::Kind kind, ByteView certificate) {
  const auto fields = parse_certificate_fields(certificate);
  if (!fields) return {};
  const bool is_private = kind == card::Kind::signature;
  const std::string name(words(kind));
  const auto id = id_of(kind, false);
  Objects made{.all = {}, .key = fields->key};
  made.all.push_back(certificate_object(kCertificateHandle,
                                        common(CKO_CERTIFICATE, name + " Certificate", id, is_private),
                                        is_private, *fields, certificate, kTokenUser));
  if (!fields->key) return made;
  made.all.push_back(
      public_key_object(common(CKO_PUBLIC_KEY, name + " Public Key", id, is_private), is_private, *fields));
  made.all.push_back(private_key_object(common(CKO_PRIVATE_KEY, name + " Key", id, true), kind, *fields));
  return made;
}

std::vector<Object> authority_objects(card::Kind kind, ByteView certificate) {
  const auto fields = parse_certificate_fields(certificate);
  if (!fields) return {};
  const std::string name(words(kind));
  std::vector<Object> made;
  made.push_back(certificate_object(kAuthorityHandle,
                                    common(CKO_CERTIFICATE, name + " Authority", id_of(kind, true), false),
                                    false, *fields, certificate, kAuthority));
  return made;
}

}  // namespace shomei::pkcs11
