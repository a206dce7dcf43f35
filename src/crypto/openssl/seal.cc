#include "crypto/seal.h"

#include "base/check.h"
#include "crypto/openssl/handles.h"
#include "crypto/random.h"

namespace shomei::crypto {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

const EVP_CIPHER* aes_256_gcm() {  // looked up once: each other way looks it up at every use
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  SHOMEI_INVARIANT(cipher != nullptr);
  return cipher;
}

}  // namespace

Bytes seal(const SecretBytes& key, std::string_view context, ByteView plain) {
  SHOMEI_INVARIANT(key.size() == kSealKeyBytes);
  Bytes sealed = random_bytes(kNonceBytes);
  sealed.resize(kNonceBytes + plain.size() + kTagBytes);
  std::uint8_t* const body = sealed.data() + kNonceBytes;
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  SHOMEI_INVARIANT(
      EVP_EncryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) == 1);
  SHOMEI_INVARIANT(EVP_EncryptUpdate(cipher.get(), nullptr, &written, view(context).data(),
                                     static_cast<int>(context.size())) == 1);
  SHOMEI_INVARIANT(
      EVP_EncryptUpdate(cipher.get(), body, &written, plain.data(), static_cast<int>(plain.size())) == 1);
  SHOMEI_INVARIANT(EVP_EncryptFinal_ex(cipher.get(), body + written, &written) == 1);
  SHOMEI_INVARIANT(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, body + plain.size()) ==
                   1);
  return sealed;
}

Result<SecretBytes> open_sealed(const SecretBytes& key, std::string_view context, ByteView sealed) {
  SHOMEI_INVARIANT(key.size() == kSealKeyBytes);
  const auto broken = [&] { return refused("seal_broken", {{"what", std::string(context)}}); };
  if (sealed.size() < kNonceBytes + kTagBytes) return broken();
  const ByteView body = sealed.subspan(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  Bytes tag = to_bytes(sealed.last(kTagBytes));
  Bytes plain(body.size());
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int written = 0;
  const bool opened =
      EVP_DecryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &written, view(context).data(),
                        static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), plain.data(), &written, body.data(), static_cast<int>(body.size())) ==
          1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), plain.data() + written, &written) == 1;
  auto secret = SecretBytes::adopt(std::move(plain));
  if (!opened) return broken();
  return secret;
}

}  // namespace shomei::crypto
