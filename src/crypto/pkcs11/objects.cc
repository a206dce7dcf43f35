#include "crypto/pkcs11/objects.h"

#include <optional>

#include "crypto/pkcs11/public_key_of.h"

namespace shomei::crypto::pkcs11 {
namespace {

constexpr CK_ULONG kAttributeBytesMax = 4096;
constexpr CK_BBOOL kTrue = CK_TRUE, kFalse = CK_FALSE;

// A template that owns its values.
class Attributes {
 public:
  Attributes& with(CK_ATTRIBUTE_TYPE type, ByteView value) {
    values_.push_back(to_bytes(value));
    types_.push_back(type);
    return *this;
  }
  Attributes& with(CK_ATTRIBUTE_TYPE type, CK_BBOOL value) { return with(type, ByteView(&value, 1)); }
  Attributes& with(CK_ATTRIBUTE_TYPE type, CK_ULONG value) {
    return with(type, ByteView(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
  }
  std::vector<CK_ATTRIBUTE> list() {
    std::vector<CK_ATTRIBUTE> list;
    for (std::size_t i = 0; i < types_.size(); ++i)
      list.push_back({types_[i], values_[i].data(), static_cast<CK_ULONG>(values_[i].size())});
    return list;
  }

 private:
  std::vector<CK_ATTRIBUTE_TYPE> types_;
  std::vector<Bytes> values_;
};

Result<std::vector<CK_OBJECT_HANDLE>> find(Sessions& sessions, const Seat& seat, Attributes attributes) {
  auto list = attributes.list();
  Module& module = sessions.module();
  CK_RV rv = module.call<&CK_FUNCTION_LIST::C_FindObjectsInit>(seat.session, list.data(),
                                                               static_cast<CK_ULONG>(list.size()));
  if (rv != CKR_OK) return failed(rv, "C_FindObjectsInit", sessions.place());
  std::vector<CK_OBJECT_HANDLE> handles(4);  // more than one is as bad as many
  CK_ULONG count = 0;
  rv = module.call<&CK_FUNCTION_LIST::C_FindObjects>(seat.session, handles.data(),
                                                     static_cast<CK_ULONG>(handles.size()), &count);
  module.call<&CK_FUNCTION_LIST::C_FindObjectsFinal>(seat.session);
  if (rv != CKR_OK) return failed(rv, "C_FindObjects", sessions.place());
  handles.resize(count);
  return handles;
}

// Empty when the object has no such attribute, or does not show it.
Result<Bytes> read(Sessions& sessions, const Seat& seat, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  CK_ATTRIBUTE attribute{type, nullptr, 0};
  const auto get = [&] {
    return sessions.module().call<&CK_FUNCTION_LIST::C_GetAttributeValue>(seat.session, object, &attribute,
                                                                          CK_ULONG{1});
  };
  CK_RV rv = get();
  if (rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_ATTRIBUTE_SENSITIVE) return Bytes{};
  if (rv != CKR_OK) return failed(rv, "C_GetAttributeValue", sessions.place());
  if (attribute.ulValueLen == 0 || attribute.ulValueLen > kAttributeBytesMax) return Bytes{};
  Bytes value(attribute.ulValueLen);
  attribute.pValue = value.data();
  rv = get();
  if (rv != CKR_OK) return failed(rv, "C_GetAttributeValue", sessions.place());
  value.resize(std::min<std::size_t>(attribute.ulValueLen, value.size()));
  return value;
}

Result<CK_ULONG> read_number(Sessions& sessions, const Seat& seat, CK_OBJECT_HANDLE object,
                             CK_ATTRIBUTE_TYPE type) {
  SHOMEI_TRY(const auto bytes, read(sessions, seat, object, type));
  CK_ULONG number = CK_UNAVAILABLE_INFORMATION;
  if (bytes.size() == sizeof number)
    std::copy_n(bytes.data(), sizeof number, reinterpret_cast<std::uint8_t*>(&number));
  return number;
}

Result<CK_OBJECT_HANDLE> find_public_key(Sessions& sessions, const Seat& seat, CK_OBJECT_HANDLE private_key,
                                         std::string_view label) {
  SHOMEI_TRY(const auto id, read(sessions, seat, private_key, CKA_ID));
  const auto of_class = [] { return Attributes().with(CKA_CLASS, CK_ULONG{CKO_PUBLIC_KEY}); };
  std::vector<CK_OBJECT_HANDLE> found;
  if (!id.empty()) {
    SHOMEI_TRY(found, find(sessions, seat, of_class().with(CKA_ID, id)));
  }
  if (found.empty()) {
    SHOMEI_TRY(found, find(sessions, seat, of_class().with(CKA_LABEL, view(label))));
  }
  if (!found.empty()) return found.front();
  return not_found("token_public_key_missing", parameters_of(sessions.place()))
      .with("name", std::string(label));
}

// Who is not logged in sees no private objects, and no error: none found means none there only under a login.
Result<void> check_logged_in(Sessions& sessions, const Seat& seat) {
  CK_SESSION_INFO info{};
  CK_RV rv = sessions.module().call<&CK_FUNCTION_LIST::C_GetSessionInfo>(seat.session, &info);
  const bool user = info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS;
  if (rv == CKR_OK && !user) rv = CKR_USER_NOT_LOGGED_IN;
  if (rv != CKR_OK) return failed(rv, "C_GetSessionInfo", sessions.place());
  return {};
}

struct Recipe {
  CK_MECHANISM_TYPE mechanism = 0;
  CK_ULONG modulus_bits = 0;  // RSA
  Bytes curve;                // the others: CKA_EC_PARAMS
};

Recipe recipe_of(KeyType type) {
  switch (type) {
    case KeyType::rsa_2048:
      return {CKM_RSA_PKCS_KEY_PAIR_GEN, 2048, {}};
    case KeyType::rsa_3072:
      return {CKM_RSA_PKCS_KEY_PAIR_GEN, 3072, {}};
    case KeyType::ed25519:
      return {CKM_EC_EDWARDS_KEY_PAIR_GEN, 0, curve_parameters(type)};
    case KeyType::ec_p256:
    case KeyType::ec_p384:
      break;
  }
  return {CKM_EC_KEY_PAIR_GEN, 0, curve_parameters(type)};
}

// A key that signs does nothing else: no decrypting, no unwrapping, no deriving.
Attributes private_attributes(std::string_view label) {
  Attributes attributes;
  attributes.with(CKA_TOKEN, kTrue).with(CKA_PRIVATE, kTrue).with(CKA_SENSITIVE, kTrue);
  attributes.with(CKA_EXTRACTABLE, kFalse).with(CKA_SIGN, kTrue).with(CKA_LABEL, view(label));
  return attributes.with(CKA_DECRYPT, kFalse).with(CKA_UNWRAP, kFalse).with(CKA_DERIVE, kFalse);
}

Attributes public_attributes(std::string_view label, const Recipe& recipe) {
  static constexpr ByteArray<3> kExponent{1, 0, 1};
  Attributes attributes;
  attributes.with(CKA_TOKEN, kTrue).with(CKA_PRIVATE, kFalse).with(CKA_VERIFY, kTrue);
  attributes.with(CKA_LABEL, view(label));
  if (recipe.modulus_bits == 0) return attributes.with(CKA_EC_PARAMS, recipe.curve);
  attributes.with(CKA_ENCRYPT, kFalse).with(CKA_WRAP, kFalse);
  return attributes.with(CKA_MODULUS_BITS, recipe.modulus_bits).with(CKA_PUBLIC_EXPONENT, kExponent);
}

// A session that may write, for as long as this lives.
class WritingSession {
 public:
  WritingSession(Sessions& sessions, const Seat& seat) : sessions_(sessions) {
    rv_ = sessions.module().call<&CK_FUNCTION_LIST::C_OpenSession>(
        seat.slot, CK_FLAGS{CKF_SERIAL_SESSION | CKF_RW_SESSION}, nullptr, CK_NOTIFY{nullptr}, &session_);
  }
  ~WritingSession() {
    if (rv_ == CKR_OK) sessions_.module().call<&CK_FUNCTION_LIST::C_CloseSession>(session_);
  }
  WritingSession(const WritingSession&) = delete;
  WritingSession& operator=(const WritingSession&) = delete;
  CK_RV rv() const { return rv_; }
  CK_SESSION_HANDLE session() const { return session_; }

 private:
  Sessions& sessions_;
  CK_SESSION_HANDLE session_ = CK_INVALID_HANDLE;
  CK_RV rv_;
};

struct Pair {
  CK_OBJECT_HANDLE private_key = CK_INVALID_HANDLE, public_key = CK_INVALID_HANDLE;
};

Result<Pair> make(Sessions& sessions, CK_SESSION_HANDLE session, std::string_view label, KeyType type) {
  const Recipe recipe = recipe_of(type);
  auto of_public = public_attributes(label, recipe);
  auto of_private = private_attributes(label);
  auto public_list = of_public.list();
  auto private_list = of_private.list();
  CK_MECHANISM mechanism{recipe.mechanism, nullptr, 0};
  Pair pair;
  const CK_RV rv = sessions.module().call<&CK_FUNCTION_LIST::C_GenerateKeyPair>(
      session, &mechanism, public_list.data(), static_cast<CK_ULONG>(public_list.size()), private_list.data(),
      static_cast<CK_ULONG>(private_list.size()), &pair.public_key, &pair.private_key);
  if (rv != CKR_OK)
    return failed(rv, "C_GenerateKeyPair", sessions.place()).with("mechanism", std::string(name(type)));
  return pair;
}

Result<void> set_identifier(Sessions& sessions, const Seat& writing, const Pair& pair,
                            std::string_view label) {
  SHOMEI_TRY(const auto key, read_public_key(sessions, writing, pair.private_key, label));
  auto identifier = key.key_identifier();
  CK_ATTRIBUTE attribute{CKA_ID, identifier.data(), static_cast<CK_ULONG>(identifier.size())};
  for (const auto object : {pair.private_key, pair.public_key}) {
    const CK_RV rv = sessions.module().call<&CK_FUNCTION_LIST::C_SetAttributeValue>(writing.session, object,
                                                                                    &attribute, CK_ULONG{1});
    if (rv != CKR_OK) return failed(rv, "C_SetAttributeValue", sessions.place());
  }
  return {};
}

}  // namespace

Result<std::optional<CK_OBJECT_HANDLE>> find_private_key(Sessions& sessions, const Seat& seat,
                                                         std::string_view label) {
  const auto look = [&] {
    auto wanted = Attributes().with(CKA_CLASS, CK_ULONG{CKO_PRIVATE_KEY}).with(CKA_LABEL, view(label));
    return find(sessions, seat, std::move(wanted));
  };
  SHOMEI_TRY(auto found, look());
  if (found.empty()) {
    SHOMEI_CHECK(check_logged_in(sessions, seat));
    SHOMEI_TRY(found, look());  // another thread may have logged in between
  }
  if (found.empty()) return std::optional<CK_OBJECT_HANDLE>{};
  if (found.size() > 1)
    return conflict("key_ambiguous", parameters_of(sessions.place())).with("name", std::string(label));
  return std::optional(found.front());
}

Result<PublicKey> read_public_key(Sessions& sessions, const Seat& seat, CK_OBJECT_HANDLE private_key,
                                  std::string_view label) {
  SHOMEI_TRY(const auto object, find_public_key(sessions, seat, private_key, label));
  SHOMEI_TRY(const auto kind, read_number(sessions, seat, object, CKA_KEY_TYPE));
  const bool rsa = kind == CKK_RSA;
  SHOMEI_TRY(const auto first, read(sessions, seat, object, rsa ? CKA_MODULUS : CKA_EC_PARAMS));
  SHOMEI_TRY(const auto second, read(sessions, seat, object, rsa ? CKA_PUBLIC_EXPONENT : CKA_EC_POINT));
  auto key = rsa ? rsa_public_key(first, second) : curve_public_key(first, second);
  if (key) return key;
  return malformed("token_key_form", parameters_of(sessions.place()))
      .with("name", std::string(label))
      .with("what", std::string(key.error().parameter("what")));
}

Result<void> make_key_pair(Sessions& sessions, const Seat& seat, std::string_view label, KeyType type) {
  const WritingSession writing(sessions, seat);
  if (writing.rv() != CKR_OK) return failed(writing.rv(), "C_OpenSession", sessions.place());
  SHOMEI_TRY(const auto pair, make(sessions, writing.session(), label, type));
  auto done =
      set_identifier(sessions, {writing.session(), seat.slot, seat.login, seat.module_count}, pair, label);
  if (!done)  // nobody has seen the pair yet: better none than one that is half made
    for (const auto object : {pair.private_key, pair.public_key})
      sessions.module().call<&CK_FUNCTION_LIST::C_DestroyObject>(writing.session(), object);
  return done;
}

}  // namespace shomei::crypto::pkcs11
