#include "card/contents/file_signer.h"

#include "card/digest_info.h"
#include "crypto/digest.h"
#include "crypto/rsa.h"

namespace shomei::card::contents {

Result<Bytes> FileSigner::sign(ByteView message) const {
  return key_ ? key_->sign(message) : signer_->sign(message);
}

Result<Bytes> FileSigner::sign_digests(ByteView digests) const {
  return key_ ? key_->sign_padded(digest_info(digests)) : signer_->sign(digests);
}

Result<void> verify_digests(const crypto::PublicKey& key, ByteView digests, ByteView signature) {
  if (crypto::verify_padded(key, digest_info(digests), signature)) return {};
  return key.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, digests, signature);
}

}  // namespace shomei::card::contents
