// Signing by OpenSSL: RSA, P-256 and Ed25519.
#pragma once

#include "crypto/openssl/handles.h"
#include "crypto/verifying_key.h"

namespace shomei::crypto {

SigningKeyPointer openssl_signing_key(const std::shared_ptr<EVP_PKEY>& key, KeyType type);

}  // namespace shomei::crypto
