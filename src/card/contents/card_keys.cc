#include "card/contents/card_keys.h"

#include "card/contents/rsa_key.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kSessionKey = 0xA1;
constexpr Tag kSignedKey = 0xFF50;
constexpr Tag kKey = 0xDF51;
constexpr Tag kSignature = 0xDF52;

}  // namespace

Bytes encode_session_key(const crypto::PublicKey& key) {
  return encode_object(kSessionKey, encode_rsa_key(key));
}

Result<crypto::PublicKey> parse_session_key(ByteView file) {
  SHOMEI_TRY(const auto object, parse_file(file, kSessionKey));
  return parse_rsa_key(object.value);
}

Result<SignedKey> make_signed_key(const FileSigner& signer, const crypto::PublicKey& key) {
  SHOMEI_TRY(auto part, sign_part(signer, encode_object(kKey, encode_rsa_key(key))));
  return SignedKey{key, std::move(part)};
}

Bytes encode_signed_key(const SignedKey& signed_key) {
  return encode_object(kSignedKey, concatenate({signed_key.part.message,
                                                encode_object(kSignature, signed_key.part.signature)}));
}

Result<SignedKey> parse_signed_key(ByteView file) {
  SHOMEI_TRY(const auto fields, Fields::parse(file, kSignedKey));
  SHOMEI_TRY(const auto bytes, fields.value(kKey));
  SHOMEI_TRY(auto key, parse_rsa_key(bytes));
  SHOMEI_TRY(auto message, fields.between(kKey, kSignature));
  SHOMEI_TRY(const auto signature, fields.value(kSignature));
  return SignedKey{std::move(key), {std::move(message), to_bytes(signature)}};
}

}  // namespace shomei::card::contents
