#include "crypto/verifying_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "crypto/digest.h"
#include "crypto/openssl/handles.h"

namespace shomei::crypto {
namespace {

bool held(int answer) {
  if (answer != 1) ERR_clear_error();
  return answer == 1;
}

class DigestVerifyingKey final : public VerifyingKey {  // P-256, over SHA-256
 public:
  explicit DigestVerifyingKey(EVP_PKEY* key) : prepared_(prepare(key, EVP_PKEY_verify_init)) {}
  bool holds(ByteView message, ByteView signature) const override {
    const Sha256 digest = sha256(message);
    const PkeyContext context(EVP_PKEY_CTX_dup(prepared_.get()));
    return context && held(EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(),
                                           digest.size()));
  }

 private:
  const PkeyContext prepared_;
};

class Ed25519VerifyingKey final : public VerifyingKey {
 public:
  explicit Ed25519VerifyingKey(EVP_PKEY* key) : prepared_(EVP_MD_CTX_new()) {
    SHOMEI_INVARIANT(prepared_ && EVP_DigestVerifyInit(prepared_.get(), nullptr, nullptr, nullptr, key) == 1);
  }
  bool holds(ByteView message, ByteView signature) const override {
    const DigestContext context(EVP_MD_CTX_new());
    return context && EVP_MD_CTX_copy_ex(context.get(), prepared_.get()) == 1 &&
           held(EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                                 message.size()));
  }

 private:
  const DigestContext prepared_;
};

// From the numbers themselves: OpenSSL's own parser of keys takes thirty times as long.
template <std::size_t N>
std::shared_ptr<EVP_PKEY> key_from(const char* algorithm, std::array<OSSL_PARAM, N> parameters) {
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm, nullptr));
  SHOMEI_INVARIANT(context && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  if (!held(EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data()))) return nullptr;
  return share(key);
}

std::shared_ptr<EVP_PKEY> curve_key(std::string group, ByteView point) {
  Bytes copy = to_bytes(point);
  return key_from(
      "EC", std::array{OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
                       OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, copy.data(), copy.size()),
                       OSSL_PARAM_construct_end()});
}

template <class Key>
VerifyingKeyPointer verifying_key(const std::shared_ptr<EVP_PKEY>& key) {
  return key ? std::make_shared<const Key>(key.get()) : nullptr;
}

}  // namespace

VerifyingKeyPointer p256_verifying_key(ByteView point) {
  if (point.size() != 65 || point.front() != 4) return nullptr;
  return verifying_key<DigestVerifyingKey>(curve_key("P-256", point));
}

bool p384_holds_by_openssl(ByteView point, ByteView message, ByteView signature) {
  const auto key = curve_key("P-384", point);
  const DigestContext context(EVP_MD_CTX_new());
  return key && context &&
         held(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha384(), nullptr, key.get())) &&
         held(EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                               message.size()));
}

VerifyingKeyPointer ed25519_verifying_key(ByteView key) {
  if (key.size() != 32) return nullptr;
  return verifying_key<Ed25519VerifyingKey>(
      share(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size())));
}

}  // namespace shomei::crypto
