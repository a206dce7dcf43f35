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
const EVP_MD* message_digest(int key_base_id, int key_bits);  // null for Ed25519, which hashes by itself

}  // namespace shomei::crypto
