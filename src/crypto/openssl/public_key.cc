#include "crypto/public_key.h"

#include <openssl/err.h>
#include <openssl/x509.h>

#include "crypto/openssl/handles.h"
#include "der/reader.h"

namespace shomei::crypto {
namespace {

Error bad_key(std::string_view what) {
  ERR_clear_error();
  return malformed("public_key_form", {{"what", std::string(what)}}, "RFC 5280 4.1.2.7");
}

Result<KeyType> type_of(const EVP_PKEY* key) {
  const int id = EVP_PKEY_get_base_id(key);
  const int bits = EVP_PKEY_get_bits(key);
  if (id == EVP_PKEY_RSA && bits == 2048) return KeyType::rsa_2048;
  if (id == EVP_PKEY_RSA && bits == 3072) return KeyType::rsa_3072;
  if (id == EVP_PKEY_ED25519) return KeyType::ed25519;
  std::size_t length = 0;
  char group[32]{};
  if (id == EVP_PKEY_EC && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1) {
    if (std::string_view(group) == "prime256v1") return KeyType::ec_p256;
    if (std::string_view(group) == "secp384r1") return KeyType::ec_p384;
  }
  return bad_key("the key is of no supported type");
}

Result<Bytes> subject_public_key(ByteView spki) {
  SHOMEI_TRY(auto members, der::enter_single(spki));
  SHOMEI_CHECK(members.take(der::kSequence));
  SHOMEI_TRY(const auto bits, members.take_bit_string());
  SHOMEI_CHECK(members.expect_done());
  return to_bytes(bits);
}

}  // namespace

Result<PublicKey> PublicKey::parse(ByteView spki) {
  PublicKey key;
  SHOMEI_TRY(key.key_bits_, subject_public_key(spki));
  const unsigned char* at = spki.data();
  key.key_ = share(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  if (!key.key_ || at != spki.data() + spki.size()) return bad_key("it does not parse");
  SHOMEI_TRY(key.type_, type_of(key.key_.get()));
  key.spki_ = to_bytes(spki);
  return key;
}

Result<void> PublicKey::verify(SignatureAlgorithm algorithm, ByteView message, ByteView signature) const {
  const auto wrong = [] {
    ERR_clear_error();
    return refused("signature_wrong");
  };
  if (algorithm != algorithm_of(type_)) return wrong();
  const DigestContext context(EVP_MD_CTX_new());
  const EVP_MD* digest = message_digest(EVP_PKEY_get_base_id(key_.get()), EVP_PKEY_get_bits(key_.get()));
  if (EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) != 1) return wrong();
  if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) !=
      1)
    return wrong();
  return {};
}

}  // namespace shomei::crypto
