#include "card/contents/file_signer.h"

#include "crypto/digest.h"
#include "crypto/rsa.h"
#include "der/writer.h"

namespace shomei::card::contents {
namespace {

constexpr std::string_view kSha256 = "2.16.840.1.101.3.4.2.1";

// RFC 8017 9.2, but around whatever is given: for one SHA-256 value it is the usual DigestInfo.
Bytes digest_info(ByteView digests) {
  return der::sequence(
      {der::sequence({der::oid(der::Oid(kSha256)), der::null()}), der::octet_string(digests)});
}

}  // namespace

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
