#include "crypto/openssl/signing_key.h"

#include <openssl/err.h>

#include "base/check.h"
#include "crypto/digest.h"

namespace shomei::crypto {
namespace {

Error signing_failed() {
  ERR_clear_error();
  return internal("signing_failed");
}

class DigestSigningKey final : public SigningKey {  // RSA and P-256, over SHA-256
 public:
  explicit DigestSigningKey(EVP_PKEY* key)
      : prepared_(prepare(key, EVP_PKEY_sign_init)),
        signature_bytes_(static_cast<std::size_t>(EVP_PKEY_get_size(key))) {}

  Result<Bytes> sign(ByteView message) const override {
    const Sha256 digest = sha256(message);
    const PkeyContext context(EVP_PKEY_CTX_dup(prepared_.get()));
    Bytes signature(signature_bytes_);
    std::size_t length = signature.size();
    if (!context ||
        EVP_PKEY_sign(context.get(), signature.data(), &length, digest.data(), digest.size()) != 1)
      return signing_failed();
    signature.resize(length);
    return signature;
  }

 private:
  const PkeyContext prepared_;
  const std::size_t signature_bytes_;
};

class Ed25519SigningKey final : public SigningKey {
 public:
  explicit Ed25519SigningKey(EVP_PKEY* key) : prepared_(EVP_MD_CTX_new()) {
    SHOMEI_INVARIANT(prepared_ && EVP_DigestSignInit(prepared_.get(), nullptr, nullptr, nullptr, key) == 1);
  }

  Result<Bytes> sign(ByteView message) const override {
    const DigestContext context(EVP_MD_CTX_new());
    Bytes signature(64);
    std::size_t length = signature.size();
    if (!context || EVP_MD_CTX_copy_ex(context.get(), prepared_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1)
      return signing_failed();
    return signature;
  }

 private:
  const DigestContext prepared_;
};

}  // namespace

SigningKeyPointer openssl_signing_key(const std::shared_ptr<EVP_PKEY>& key, KeyType type) {
  if (type == KeyType::ed25519) return std::make_shared<Ed25519SigningKey>(key.get());
  return std::make_shared<DigestSigningKey>(key.get());
}

}  // namespace shomei::crypto
