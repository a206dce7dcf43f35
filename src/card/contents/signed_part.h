// The end of most of these files: a signature (RSASSA-PKCS1-v1_5, SHA-256) over the parts before it, as they
// stand in the file. Whoever reads a card must verify it with a key from elsewhere.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/file_signer.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

struct SignedPart {
  Bytes message;
  Bytes signature;

  // refused "signature_wrong".
  Result<void> verify(const crypto::PublicKey& signer) const {
    return signer.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, message, signature);
  }
  bool operator==(const SignedPart&) const = default;
};

inline Result<SignedPart> sign_part(const FileSigner& signer, Bytes message) {
  SHOMEI_TRY(auto signature, signer.sign(message));
  return SignedPart{std::move(message), std::move(signature)};
}

}  // namespace shomei::card::contents
