#include "crypto/openssl/handles.h"

#include <openssl/rsa.h>

#include "base/check.h"

namespace shomei::crypto {

std::shared_ptr<EVP_PKEY> share(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

PkeyContext prepare(EVP_PKEY* key, Begin begin) {
  PkeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  SHOMEI_INVARIANT(context && begin(context.get()) == 1);
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA)
    SHOMEI_INVARIANT(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1);
  SHOMEI_INVARIANT(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1);
  return context;
}

}  // namespace shomei::crypto
