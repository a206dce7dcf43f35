// DetachedSignature: a SignedData without its content (RFC 5652 section 5), of one signer whose certificate
// is included, over signed attributes: contentType, messageDigest, signingTime when it is told, and
// signingCertificateV2 (RFC 5035), which binds the signature to this certificate. In two steps, because the
// key is on a card: prepare() makes what it signs, finish() the whole.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/calendar.h"
#include "base/result.h"
#include "pki/certificate.h"

namespace shomei::signing::cms {

enum class Scheme { rsa_pkcs1_sha256, rsa_pss_sha256, ecdsa_sha384 };

// What a key of this type signs with when nothing else is asked for. refused "cms_key_unsupported" (type): no
// card has such a key.
Result<Scheme> scheme_of(crypto::KeyType type);

// In the form of the scheme: the bytes of RSA, or the two numbers in DER (ecdsa_value.h). refused
// "signature_wrong" when it is not of the certificate's key over the message.
Result<void> verify_signature(const pki::Certificate& certificate, Scheme scheme, ByteView message,
                              ByteView signature);

class DetachedSignature {
 public:
  // `certificate` is the signer's. The signing time is the signer's own claim, and proves nothing.
  static DetachedSignature prepare(const pki::Certificate& certificate, Scheme scheme, ByteView content,
                                   std::optional<Instant> signing_time);

  // The DER of the signed attributes as a SET, which the key signs: with the scheme's digest over it.
  const Bytes& to_be_signed() const { return to_be_signed_; }
  // ContentInfo, in DER. `signature` is as the card answers: the bytes of RSA, or r and s. malformed
  // "ecdsa_signature_form"; refused "signature_wrong" when it is not of the certificate's key, so that no
  // signature is handed out that nobody can verify.
  Result<Bytes> finish(ByteView signature) const;

 private:
  DetachedSignature(const pki::Certificate& certificate, Scheme scheme)
      : certificate_(certificate), scheme_(scheme) {}

  pki::Certificate certificate_;
  Scheme scheme_;
  Bytes to_be_signed_;
};

}  // namespace shomei::signing::cms
