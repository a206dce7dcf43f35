// FileSigner: the key that signs what a card's files say. From a crypto::Signer (anywhere: a file, a token),
// or from a private key of this process. The one difference is the card face: real cards sign the digests of
// its three parts under one DigestInfo, which needs a key that pads bytes as they are given; a Signer hashes
// what it is given, so with one the three digests are hashed once more (ours). Readers here accept both.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/private_key.h"
#include "crypto/signer.h"

namespace shomei::card::contents {

class FileSigner {
 public:
  explicit FileSigner(crypto::Signer& signer) : signer_(&signer) {}      // borrowed
  explicit FileSigner(crypto::PrivateKey key) : key_(std::move(key)) {}  // RSA-2048

  const crypto::PublicKey& public_key() const { return key_ ? key_->public_key() : signer_->public_key(); }
  // RSASSA-PKCS1-v1_5 over the SHA-256 of the message.
  Result<Bytes> sign(ByteView message) const;
  // Of the SHA-256 values of the parts: 96 bytes for three.
  Result<Bytes> sign_digests(ByteView digests) const;

 private:
  crypto::Signer* signer_ = nullptr;
  std::optional<crypto::PrivateKey> key_;
};

// refused "signature_wrong".
Result<void> verify_digests(const crypto::PublicKey& key, ByteView digests, ByteView signature);

}  // namespace shomei::card::contents
