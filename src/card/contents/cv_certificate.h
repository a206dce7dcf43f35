// A card-verifiable certificate (EF 0004 of both applications): 7F21{5F4E body, 5F37 signature}, where the
// body is the issuer's key identifier, the subject's, and the subject's RSA key. It says which key signs the
// files; the issuer's key is not on the card and must come from elsewhere.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/contents/file_signer.h"
#include "crypto/public_key.h"

namespace shomei::card::contents {

// Seven digits, 08 05, three digits, four bytes (the first three 00). Names a key, not its owner.
using KeyId = ByteArray<16>;
// The seven digits, group 001. The real hierarchies begin with 5, that of test cards with 6; ours with 9.
KeyId key_id(std::string_view seven_digits);

// The key identifiers of a demo: of the two roots, and of who signs the files.
inline constexpr std::string_view kFaceRootId = "9000023";
inline constexpr std::string_view kInputHelperRootId = "9000033";

struct CvCertificate {
  KeyId issuer{};
  KeyId subject{};
  Bytes key;  // 90 exponent, 91 modulus, as it stands there
  Bytes signature;

  crypto::PublicKey public_key() const;  // of `key`
  // refused "signature_wrong".
  Result<void> verify(const crypto::PublicKey& root) const;
  bool operator==(const CvCertificate&) const = default;
};

Result<CvCertificate> make_cv_certificate(const FileSigner& root, const KeyId& issuer, const KeyId& subject,
                                          const crypto::PublicKey& key);
Bytes encode_cv_certificate(const CvCertificate& certificate);
// With the outer 7F21, or its content alone as GET DATA gives it. malformed "card_content_form" {what}.
Result<CvCertificate> parse_cv_certificate(ByteView bytes);

}  // namespace shomei::card::contents
