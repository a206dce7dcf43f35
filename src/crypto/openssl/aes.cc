#include "crypto/aes.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <limits>
#include <memory>

#include "base/check.h"
#include "crypto/openssl/handles.h"

namespace shomei::crypto {
namespace {

using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;

// Looked up once: each other way looks them up at every use.
EVP_MAC* cmac_algorithm() {
  static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "CMAC", nullptr);
  SHOMEI_INVARIANT(mac != nullptr);
  return mac;
}

const EVP_CIPHER* cbc_of(std::size_t key_bytes) {
  SHOMEI_INVARIANT(is_aes_key_size(key_bytes));
  static EVP_CIPHER* const ciphers[] = {EVP_CIPHER_fetch(nullptr, "AES-128-CBC", nullptr),
                                        EVP_CIPHER_fetch(nullptr, "AES-192-CBC", nullptr),
                                        EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr)};
  const auto* cipher = ciphers[(key_bytes - 16) / 8];
  SHOMEI_INVARIANT(cipher != nullptr);
  return cipher;
}

SecretBytes run_cbc(bool encrypting, const SecretBytes& key, const AesBlock& iv, ByteView data) {
  SHOMEI_INVARIANT(data.size() % kAesBlockBytes == 0);
  SHOMEI_INVARIANT(data.size() <= std::numeric_limits<int>::max());
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  Bytes result(data.size());
  int written = 0;
  int rest = 0;
  SHOMEI_INVARIANT(EVP_CipherInit_ex(cipher.get(), cbc_of(key.size()), nullptr, key.reveal().data(),
                                     iv.data(), encrypting ? 1 : 0) == 1);
  SHOMEI_INVARIANT(EVP_CIPHER_CTX_set_padding(cipher.get(), 0) == 1);
  SHOMEI_INVARIANT(EVP_CipherUpdate(cipher.get(), result.data(), &written, data.data(),
                                    static_cast<int>(data.size())) == 1);
  SHOMEI_INVARIANT(EVP_CipherFinal_ex(cipher.get(), result.data() + written, &rest) == 1);
  SHOMEI_INVARIANT(static_cast<std::size_t>(written + rest) == data.size());
  return SecretBytes::adopt(std::move(result));
}

}  // namespace

SecretBytes cmac(const SecretBytes& key, std::initializer_list<ByteView> parts) {
  const MacContext context(EVP_MAC_CTX_new(cmac_algorithm()));
  // OpenSSL only reads it, whatever the type says.
  auto* const cipher = const_cast<char*>(EVP_CIPHER_get0_name(cbc_of(key.size())));
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
                                   OSSL_PARAM_construct_end()};
  SHOMEI_INVARIANT(EVP_MAC_init(context.get(), key.reveal().data(), key.size(), parameters) == 1);
  for (const ByteView part : parts)
    SHOMEI_INVARIANT(EVP_MAC_update(context.get(), part.data(), part.size()) == 1);
  Bytes mac(kAesBlockBytes);
  std::size_t written = 0;
  SHOMEI_INVARIANT(EVP_MAC_final(context.get(), mac.data(), &written, mac.size()) == 1);
  SHOMEI_INVARIANT(written == mac.size());
  return SecretBytes::adopt(std::move(mac));
}

SecretBytes encrypt_cbc(const SecretBytes& key, const AesBlock& iv, ByteView data) {
  return run_cbc(true, key, iv, data);
}

SecretBytes decrypt_cbc(const SecretBytes& key, const AesBlock& iv, ByteView data) {
  return run_cbc(false, key, iv, data);
}

}  // namespace shomei::crypto
