#include "card/contents/cv_certificate.h"

#include <algorithm>

#include "base/check.h"
#include "card/contents/digits.h"
#include "card/contents/rsa_key.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

constexpr Tag kCertificate = 0x7F21;
constexpr Tag kBody = 0x5F4E;
constexpr Tag kSignature = 0x5F37;
constexpr std::size_t kIdDigits = 7;
constexpr std::size_t kIdBytes = KeyId{}.size();

Bytes body_of(const CvCertificate& certificate) {
  return concatenate({certificate.issuer, certificate.subject, certificate.key});
}

KeyId id_from(ByteView bytes) {
  KeyId id{};
  std::ranges::copy(bytes, id.begin());
  return id;
}

}  // namespace

KeyId key_id(std::string_view seven_digits) {
  SHOMEI_INVARIANT(are_digits(seven_digits, kIdDigits));
  KeyId id{};
  std::ranges::copy(concatenate({view(seven_digits), Bytes{0x08, 0x05}, view("001")}), id.begin());
  return id;
}

crypto::PublicKey CvCertificate::public_key() const {
  auto parsed = parse_rsa_key(key);
  SHOMEI_INVARIANT(parsed.has_value());  // whoever made this has been there
  return *std::move(parsed);
}

Result<void> CvCertificate::verify(const crypto::PublicKey& root) const {
  return root.verify(crypto::SignatureAlgorithm::rsa_pkcs1_sha256, body_of(*this), signature);
}

Result<CvCertificate> make_cv_certificate(const FileSigner& root, const KeyId& issuer, const KeyId& subject,
                                          const crypto::PublicKey& key) {
  CvCertificate certificate{issuer, subject, encode_rsa_key(key), {}};
  SHOMEI_CHECK(parse_rsa_key(certificate.key));
  SHOMEI_TRY(certificate.signature, root.sign(body_of(certificate)));
  return certificate;
}

Bytes encode_cv_certificate(const CvCertificate& certificate) {
  return encode_object(kCertificate, concatenate({encode_object(kBody, body_of(certificate)),
                                                  encode_object(kSignature, certificate.signature)}));
}

Result<CvCertificate> parse_cv_certificate(ByteView bytes) {
  const bool whole = starts_with(bytes, Bytes{kCertificate >> 8, kCertificate & 0xFF});
  const Bytes wrapped =
      whole ? to_bytes(bytes)
            : encode_object(kCertificate, bytes.first(std::min<std::size_t>(bytes.size(), 0xFFFF)));
  SHOMEI_TRY(const auto fields, Fields::parse(wrapped, kCertificate));
  SHOMEI_TRY(const auto body, fields.value(kBody));
  SHOMEI_TRY(const auto signature, fields.value(kSignature));
  if (body.size() < 2 * kIdBytes) return bad_content("a certificate without key identifiers");
  CvCertificate certificate{id_from(body.first(kIdBytes)), id_from(body.subspan(kIdBytes, kIdBytes)),
                            to_bytes(body.subspan(2 * kIdBytes)), to_bytes(signature)};
  SHOMEI_CHECK(parse_rsa_key(certificate.key));
  return certificate;
}

}  // namespace shomei::card::contents
