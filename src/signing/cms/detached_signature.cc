#include "signing/cms/detached_signature.h"

#include <vector>

#include "crypto/digest.h"
#include "crypto/rsa.h"
#include "der/time.h"
#include "der/writer.h"
#include "signing/cms/ecdsa_value.h"

namespace shomei::signing::cms {
namespace {

const der::Oid kData("1.2.840.113549.1.7.1");
const der::Oid kSignedData("1.2.840.113549.1.7.2");
const der::Oid kContentType("1.2.840.113549.1.9.3");
const der::Oid kMessageDigest("1.2.840.113549.1.9.4");
const der::Oid kSigningTime("1.2.840.113549.1.9.5");
const der::Oid kSigningCertificateV2("1.2.840.113549.1.9.16.2.47");
const der::Oid kSha256("2.16.840.1.101.3.4.2.1");
const der::Oid kSha384("2.16.840.1.101.3.4.2.2");
const der::Oid kRsaPss("1.2.840.113549.1.1.10");
const der::Oid kMgf1("1.2.840.113549.1.1.8");
constexpr std::int64_t kPssSaltBytes = 32;

constexpr std::uint8_t kSignedAttributes = 0;
constexpr std::uint8_t kCertificates = 0;

// RFC 5754 section 2: without parameters.
Bytes digest_algorithm(Scheme scheme) {
  return der::sequence({der::oid(scheme == Scheme::ecdsa_sha384 ? kSha384 : kSha256)});
}

Bytes digest_of(Scheme scheme, ByteView bytes) {
  return scheme == Scheme::ecdsa_sha384 ? to_bytes(crypto::sha384(bytes)) : to_bytes(crypto::sha256(bytes));
}

// RFC 4055 3.1, RFC 4056.
Bytes pss_algorithm() {
  const auto sha256 = der::sequence({der::oid(kSha256), der::null()});
  const auto member = [](std::uint8_t n, const Bytes& content) {
    return der::constructed(der::context_constructed(n), {content});
  };
  return der::sequence({der::oid(kRsaPss),
                        der::sequence({member(0, sha256), member(1, der::sequence({der::oid(kMgf1), sha256})),
                                       member(2, der::integer(kPssSaltBytes))})});
}

Bytes signature_algorithm(Scheme scheme) {
  using crypto::SignatureAlgorithm;
  if (scheme == Scheme::rsa_pss_sha256) return pss_algorithm();
  return crypto::encode_algorithm(scheme == Scheme::ecdsa_sha384 ? SignatureAlgorithm::ecdsa_sha384
                                                                 : SignatureAlgorithm::rsa_pkcs1_sha256);
}

Bytes attribute(const der::Oid& type, const Bytes& value) {
  return der::sequence({der::oid(type), der::set_of({value})});
}

// ESSCertIDv2 with SHA-256, its default, and issuerSerial (RFC 5035 section 4).
Bytes signing_certificate(const pki::Certificate& certificate) {
  constexpr auto kDirectoryName = der::context_constructed(4);
  const auto issuer = der::constructed(kDirectoryName, {certificate.tbs.issuer.der()});
  const auto identifier =
      der::sequence({der::octet_string(crypto::sha256(certificate.der)),
                     der::sequence({der::sequence({issuer}), certificate.tbs.serial.encode()})});
  return der::sequence({der::sequence({identifier})});
}

}  // namespace

Result<Scheme> scheme_of(crypto::KeyType type) {
  if (type == crypto::KeyType::rsa_2048) return Scheme::rsa_pkcs1_sha256;
  if (type == crypto::KeyType::ec_p384) return Scheme::ecdsa_sha384;
  return refused("cms_key_unsupported", {{"type", std::string(crypto::name(type))}});
}

Result<void> verify_signature(const pki::Certificate& certificate, Scheme scheme, ByteView message,
                              ByteView signature) {
  using crypto::SignatureAlgorithm;
  const auto& key = certificate.tbs.key;
  if (scheme == Scheme::rsa_pss_sha256) return crypto::verify_pss(key, message, signature);
  return key.verify(scheme == Scheme::ecdsa_sha384 ? SignatureAlgorithm::ecdsa_sha384
                                                   : SignatureAlgorithm::rsa_pkcs1_sha256,
                    message, signature);
}

DetachedSignature DetachedSignature::prepare(const pki::Certificate& certificate, Scheme scheme,
                                             ByteView content, std::optional<Instant> signing_time) {
  std::vector<Bytes> attributes{
      attribute(kContentType, der::oid(kData)),
      attribute(kMessageDigest, der::octet_string(digest_of(scheme, content))),
      attribute(kSigningCertificateV2, signing_certificate(certificate)),
  };
  if (signing_time) attributes.push_back(attribute(kSigningTime, der::time(*signing_time)));
  DetachedSignature made(certificate, scheme);
  made.to_be_signed_ = der::set_of(std::move(attributes));
  return made;
}

Result<Bytes> DetachedSignature::finish(ByteView signature) const {
  Bytes value = to_bytes(signature);
  if (scheme_ == Scheme::ecdsa_sha384) {
    SHOMEI_TRY(value, encode_ecdsa_value(signature));
  }
  SHOMEI_CHECK(verify_signature(certificate_, scheme_, to_be_signed_, value));
  // Signed as a SET, written as [0] IMPLICIT (RFC 5652 5.4).
  Bytes attributes = to_be_signed_;
  attributes[0] = der::context_constructed(kSignedAttributes);
  const auto& tbs = certificate_.tbs;
  const auto signer = der::sequence({der::integer(1), der::sequence({tbs.issuer.der(), tbs.serial.encode()}),
                                     digest_algorithm(scheme_), attributes, signature_algorithm(scheme_),
                                     der::octet_string(value)});
  const auto signed_data = der::sequence(
      {der::integer(1), der::set_of({digest_algorithm(scheme_)}), der::sequence({der::oid(kData)}),
       der::constructed(der::context_constructed(kCertificates), {certificate_.der}), der::set_of({signer})});
  return der::sequence({der::oid(kSignedData), der::constructed(der::context_constructed(0), {signed_data})});
}

}  // namespace shomei::signing::cms
