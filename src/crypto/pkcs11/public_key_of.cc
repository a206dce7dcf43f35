#include "crypto/pkcs11/public_key_of.h"

#include "base/check.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::crypto::pkcs11 {
namespace {

constexpr std::string_view kRsaEncryption = "1.2.840.113549.1.1.1";
constexpr std::string_view kEcPublicKey = "1.2.840.10045.2.1";
constexpr std::string_view kP256 = "1.2.840.10045.3.1.7";
constexpr std::string_view kP384 = "1.3.132.0.34";
constexpr std::string_view kEd25519 = "1.3.101.112";
constexpr std::string_view kEd25519Name = "edwards25519";  // the other way to name it (PKCS#11 3.0, 2.3.5)

struct Curve {
  Bytes algorithm;  // AlgorithmIdentifier
  std::size_t point_bytes;
};

Bytes named(std::string_view oid) {
  return der::oid(der::Oid(oid));
}

Result<Curve> curve_of(ByteView parameters) {
  for (const auto& [oid, bytes] : {std::pair{kP256, std::size_t{65}}, {kP384, std::size_t{97}}})
    if (equal(parameters, named(oid))) return Curve{der::sequence({named(kEcPublicKey), named(oid)}), bytes};
  if (equal(parameters, named(kEd25519)) || equal(parameters, der::printable_string(kEd25519Name)))
    return Curve{der::sequence({named(kEd25519)}), 32};
  return malformed("public_key_form", {{"what", "the curve " + to_hex(parameters) + " is not supported"}});
}

Result<PublicKey> key_of(ByteView algorithm, ByteView key_bits) {
  return PublicKey::parse(der::sequence({algorithm, der::bit_string(key_bits)}));
}

}  // namespace

Result<PublicKey> rsa_public_key(ByteView modulus, ByteView exponent) {
  if (modulus.empty() || exponent.empty())
    return malformed("public_key_form", {{"what", "modulus or exponent is missing"}});
  return key_of(der::sequence({named(kRsaEncryption), der::null()}),
                der::sequence({der::integer_of_magnitude(modulus), der::integer_of_magnitude(exponent)}));
}

Result<PublicKey> curve_public_key(ByteView ec_params, ByteView ec_point) {
  SHOMEI_TRY(const auto curve, curve_of(ec_params));
  if (ec_point.size() == curve.point_bytes) return key_of(curve.algorithm, ec_point);
  der::Reader reader(ec_point);
  const auto point = reader.take_octet_string();
  if (!point || !reader.done() || point->size() != curve.point_bytes)
    return malformed("public_key_form", {{"what", "the point is not of its curve's length"}});
  return key_of(curve.algorithm, *point);
}

Bytes curve_parameters(KeyType type) {
  switch (type) {
    case KeyType::ec_p256:
      return named(kP256);
    case KeyType::ec_p384:
      return named(kP384);
    case KeyType::ed25519:
      return der::printable_string(kEd25519Name);
    case KeyType::rsa_2048:
    case KeyType::rsa_3072:
      break;
  }
  SHOMEI_INVARIANT(false);
}

}  // namespace shomei::crypto::pkcs11
