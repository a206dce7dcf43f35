// OpenSSL's objects with an owner each.
#pragma once

#include <openssl/evp.h>

#include <memory>

namespace shomei::crypto {

template <auto Release>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};

using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

std::shared_ptr<EVP_PKEY> share(EVP_PKEY* key);

// A context that was set up for a key with PKCS#1 v1.5 padding (RSA) and SHA-256, to be copied for each use:
// the copy costs a tenth of setting up, and contexts are not for several threads at once.
using Begin = int (*)(EVP_PKEY_CTX*);
PkeyContext prepare(EVP_PKEY* key, Begin begin);

}  // namespace shomei::crypto
