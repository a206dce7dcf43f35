#include "crypto/private_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "base/check.h"
#include "crypto/openssl/handles.h"
#include "crypto/openssl/signing_key.h"

namespace shomei::crypto {
namespace {

constexpr std::size_t kP384ScalarBytes = 48;

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

SigningKeyPointer signing_key_of(const std::shared_ptr<EVP_PKEY>& key, KeyType type) {
  if (type != KeyType::ec_p384) return openssl_signing_key(key, type);
  BIGNUM* number = nullptr;
  SHOMEI_INVARIANT(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1);
  const std::unique_ptr<BIGNUM, Free<BN_clear_free>> owner(number);
  Bytes scalar(kP384ScalarBytes);
  SHOMEI_INVARIANT(BN_bn2binpad(number, scalar.data(), static_cast<int>(scalar.size())) ==
                   static_cast<int>(scalar.size()));
  return p384_signing_key(SecretBytes::adopt(std::move(scalar)));
}

bool is_rsa(EVP_PKEY* key) {
  return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

std::size_t signature_bytes(EVP_PKEY* key) {
  return static_cast<std::size_t>(EVP_PKEY_get_size(key));
}

Error bad_padding_input(ByteView input, std::string_view rule) {
  return malformed("padding_input_length", {{"bytes", std::to_string(input.size())}}, std::string(rule));
}

// Of bytes that are hashed already.
template <class Configure>
Result<Bytes> sign_with(EVP_PKEY* key, ByteView input, Configure configure) {
  const PkeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  Bytes signature(signature_bytes(key));
  std::size_t length = signature.size();
  if (EVP_PKEY_sign_init(context.get()) != 1 || configure(context.get()) != 1 ||
      EVP_PKEY_sign(context.get(), signature.data(), &length, input.data(), input.size()) != 1) {
    ERR_clear_error();
    return internal("signing_failed");
  }
  signature.resize(length);
  return signature;
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

Result<PrivateKey> PrivateKey::of(std::shared_ptr<EVP_PKEY> key) {
  SHOMEI_TRY(auto half, public_half(key.get()));
  auto signing_key = signing_key_of(key, half.type());
  if (!signing_key) return malformed("private_key_form");
  return PrivateKey(std::move(key), std::move(half), std::move(signing_key));
}

PrivateKey PrivateKey::generate(KeyType type) {
  auto key = make_key(type);
  SHOMEI_INVARIANT(key != nullptr);
  auto made = of(std::move(key));
  SHOMEI_INVARIANT(made.has_value());
  return *std::move(made);
}

Result<PrivateKey> PrivateKey::parse_pkcs8(const SecretBytes& der) {
  const auto bytes = der.reveal();
  const unsigned char* at = bytes.data();
  auto key = share(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size())));
  if (!key || at != bytes.data() + bytes.size()) {
    ERR_clear_error();
    return malformed("private_key_form");
  }
  return of(std::move(key));
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
  return signing_key_->sign(message);
}

Result<Bytes> PrivateKey::sign_padded(ByteView digest_info) const {
  if (!is_rsa(key_.get()) || digest_info.empty() || digest_info.size() > signature_bytes(key_.get()) - 11)
    return bad_padding_input(digest_info, "RFC 8017 9.2");
  // Without a message digest set, the bytes are padded as they are.
  return sign_with(key_.get(), digest_info, [](EVP_PKEY_CTX* context) {
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
  });
}

Result<Bytes> PrivateKey::sign_pss(ByteView digest) const {
  if (!is_rsa(key_.get()) || digest.size() != sizeof(Sha256))
    return bad_padding_input(digest, "RFC 8017 9.1");
  return sign_with(key_.get(), digest, [](EVP_PKEY_CTX* context) {
    const bool set = EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
                     EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
                     EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    return set ? 1 : 0;
  });
}

Result<Bytes> PrivateKey::sign_digest(ByteView digest) const {
  if (EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_EC || digest.empty())
    return bad_padding_input(digest, "FIPS 186-5 6.4");
  return sign_with(key_.get(), digest, [](EVP_PKEY_CTX*) { return 1; });
}

std::unique_ptr<Signer> software_signer(PrivateKey key) {
  return std::make_unique<SoftwareSigner>(std::move(key));
}

}  // namespace shomei::crypto
