#include "crypto/openssl/handles.h"

namespace shomei::crypto {

std::shared_ptr<EVP_PKEY> share(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

const EVP_MD* message_digest(int key_base_id, int key_bits) {
  if (key_base_id == EVP_PKEY_ED25519) return nullptr;
  if (key_base_id == EVP_PKEY_EC && key_bits > 256) return EVP_sha384();
  return EVP_sha256();
}

}  // namespace shomei::crypto
