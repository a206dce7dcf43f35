#include "crypto/private_key.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/check.h"
#include "crypto/openssl/handles.h"

namespace shomei::crypto {
namespace {

std::shared_ptr<EVP_PKEY> make_key(KeyType type) {
  switch (type) {
    case KeyType::rsa_2048:
      return share(EVP_RSA_gen(2048));
    case KeyType::rsa_3072:
      return share(EVP_RSA_gen(3072));
    case KeyType::ec_p256:
      return share(EVP_EC_gen("P-256"));
    case KeyType::ec_p384:
      return share(EVP_EC_gen("P-384"));
    case KeyType::ed25519:
      return share(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  }
  SHOMEI_INVARIANT(false);
}

Result<PublicKey> public_half(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int length = i2d_PUBKEY(key, &der);
  SHOMEI_INVARIANT(length > 0);
  const std::unique_ptr<unsigned char, Free<[](void* p) { OPENSSL_free(p); }>> owner(der);
  return PublicKey::parse({der, static_cast<std::size_t>(length)});
}

class SoftwareSigner final : public Signer {
 public:
  explicit SoftwareSigner(PrivateKey key) : key_(std::move(key)) {}
  const PublicKey& public_key() const override { return key_.public_key(); }
  Result<Bytes> sign(ByteView message) override { return key_.sign(message); }

 private:
  PrivateKey key_;
};

}  // namespace

PrivateKey PrivateKey::generate(KeyType type) {
  auto key = make_key(type);
  SHOMEI_INVARIANT(key != nullptr);
  auto half = public_half(key.get());
  SHOMEI_INVARIANT(half.has_value());
  return PrivateKey(std::move(key), *std::move(half));
}

Result<PrivateKey> PrivateKey::parse_pkcs8(const SecretBytes& der) {
  const auto bytes = der.reveal();
  const unsigned char* at = bytes.data();
  auto key = share(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size())));
  if (!key || at != bytes.data() + bytes.size()) {
    ERR_clear_error();
    return malformed("private_key_form");
  }
  SHOMEI_TRY(auto half, public_half(key.get()));
  return PrivateKey(std::move(key), std::move(half));
}

SecretBytes PrivateKey::pkcs8() const {
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>> info(EVP_PKEY2PKCS8(key_.get()));
  SHOMEI_INVARIANT(info != nullptr);
  Bytes der(static_cast<std::size_t>(i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr)));
  unsigned char* at = der.data();
  i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
  return SecretBytes::adopt(std::move(der));
}

Result<Bytes> PrivateKey::sign(ByteView message) const {
  const DigestContext context(EVP_MD_CTX_new());
  const EVP_MD* digest = message_digest(EVP_PKEY_get_base_id(key_.get()), EVP_PKEY_get_bits(key_.get()));
  std::size_t length = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) != 1)
    return internal("signing_failed");
  Bytes signature(length);
  if (EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1)
    return internal("signing_failed");
  signature.resize(length);
  return signature;
}

Result<Bytes> PrivateKey::sign_padded(ByteView digest_info) const {
  const auto modulus_bytes = static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()));
  if (EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_RSA || digest_info.empty() ||
      digest_info.size() > modulus_bytes - 11)
    return malformed("padding_input_length", {{"bytes", std::to_string(digest_info.size())}}, "RFC 8017 9.2");
  const PkeyContext context(EVP_PKEY_CTX_new(key_.get(), nullptr));
  Bytes signature(modulus_bytes);
  std::size_t length = signature.size();
  // Without a message digest set, the bytes are padded as they are.
  if (EVP_PKEY_sign_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_sign(context.get(), signature.data(), &length, digest_info.data(), digest_info.size()) != 1)
    return internal("signing_failed");
  return signature;
}

std::unique_ptr<Signer> software_signer(PrivateKey key) {
  return std::make_unique<SoftwareSigner>(std::move(key));
}

}  // namespace shomei::crypto
