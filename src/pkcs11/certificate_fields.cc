#include "pkcs11/certificate_fields.h"

#include "der/reader.h"
#include "der/writer.h"

namespace shomei::pkcs11 {
namespace {

constexpr std::size_t kModulusBytes = 256;
constexpr std::size_t kExponentBytesMax = 8;
constexpr std::size_t kPointBytes = 97;
constexpr std::uint8_t kUncompressed = 0x04;

std::optional<PublicNumbers> rsa_numbers(ByteView key_bits) {
  auto key = der::enter_single(key_bits);
  if (!key) return {};
  const auto modulus = key->take_magnitude();
  const auto exponent = key->take_magnitude();
  const bool whole = modulus && exponent && key->done();
  if (!whole || modulus->size() != kModulusBytes || exponent->size() > kExponentBytesMax) return {};
  return PublicNumbers{.kind = KeyKind::rsa, .modulus = to_bytes(*modulus), .exponent = to_bytes(*exponent)};
}

std::optional<PublicNumbers> ec_numbers(der::Reader algorithm, ByteView key_bits) {
  static const der::Oid kP384("1.3.132.0.34");
  const auto curve = algorithm.take_oid();
  if (!curve || *curve != kP384 || key_bits.size() != kPointBytes || key_bits[0] != kUncompressed) return {};
  return PublicNumbers{.kind = KeyKind::ec, .curve = der::oid(kP384), .point = to_bytes(key_bits)};
}

// SubjectPublicKeyInfo (RFC 5280 4.1.2.7).
std::optional<PublicNumbers> numbers_of(ByteView spki) {
  static const der::Oid kRsaEncryption("1.2.840.113549.1.1.1");
  static const der::Oid kEcPublicKey("1.2.840.10045.2.1");
  auto info = der::enter_single(spki);
  if (!info) return {};
  auto algorithm = info->enter(der::kSequence);
  const auto key_bits = info->take_bit_string();
  if (!algorithm || !key_bits) return {};
  const auto type = algorithm->take_oid();
  if (type && *type == kRsaEncryption) return rsa_numbers(*key_bits);
  if (type && *type == kEcPublicKey) return ec_numbers(*algorithm, *key_bits);
  return {};
}

}  // namespace

std::size_t PublicNumbers::signature_bytes() const {
  return kind == KeyKind::rsa ? modulus.size() : point.size() - 1;
}

// TBSCertificate (RFC 5280 4.1): version, serialNumber, signature, issuer, validity, subject, key.
Result<CertificateFields> parse_certificate_fields(ByteView certificate) {
  SHOMEI_TRY(auto outer, der::enter_single(certificate));
  SHOMEI_TRY(auto tbs, outer.enter(der::kSequence));
  SHOMEI_TRY(const auto version, tbs.take_if(der::context_constructed(0)));
  (void)version;
  SHOMEI_TRY(const auto serial_number, tbs.take(der::kInteger));
  SHOMEI_TRY(const auto algorithm, tbs.take(der::kSequence));
  (void)algorithm;
  SHOMEI_TRY(const auto issuer, tbs.take(der::kSequence));
  SHOMEI_TRY(const auto validity, tbs.take(der::kSequence));
  (void)validity;
  SHOMEI_TRY(const auto subject, tbs.take(der::kSequence));
  SHOMEI_TRY(const auto spki, tbs.take(der::kSequence));
  return CertificateFields{.serial_number = to_bytes(serial_number.whole),
                           .issuer = to_bytes(issuer.whole),
                           .subject = to_bytes(subject.whole),
                           .spki = to_bytes(spki.whole),
                           .key = numbers_of(spki.whole)};
}

}  // namespace shomei::pkcs11
