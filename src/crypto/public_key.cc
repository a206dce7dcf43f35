#include "crypto/public_key.h"

#include <bit>
#include "base/check.h"

#include "crypto/verifying_key.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::crypto {
namespace {

// Exponents beyond 64 bits cost the verifier time and buy nothing; OpenSSL stops there for large keys too.
constexpr std::size_t kExponentBytesMax = 8;

Error bad_key(std::string_view what) {
  return malformed("public_key_form", {{"what", std::string(what)}}, "RFC 5280 4.1.2.7");
}

enum class Family { rsa, p256, p384, ed25519 };

// AlgorithmIdentifiers byte for byte: DER leaves one form each (RFC 8017 A.1, RFC 5480 2.1.1, RFC 8410 3).
Result<Family> family_of(ByteView algorithm) {
  struct Row {
    Family family;
    Bytes algorithm;
  };
  const auto of = [](std::string_view oid) { return der::oid(der::Oid(oid)); };
  static const Row kRows[] = {
      {Family::rsa, der::sequence({of("1.2.840.113549.1.1.1"), der::null()})},
      {Family::p256, der::sequence({of("1.2.840.10045.2.1"), of("1.2.840.10045.3.1.7")})},
      {Family::p384, der::sequence({of("1.2.840.10045.2.1"), of("1.3.132.0.34")})},
      {Family::ed25519, der::sequence({of("1.3.101.112")})},
  };
  for (const auto& row : kRows)
    if (equal(algorithm, row.algorithm)) return row.family;
  return bad_key("the key is of no supported type");
}

struct Parsed {
  KeyType type;
  VerifyingKeyPointer key;
};

std::size_t bits_of(ByteView magnitude) {
  return magnitude.size() * 8 - static_cast<std::size_t>(std::countl_zero(magnitude.front()));
}

Result<Parsed> parse_rsa(ByteView key_bits) {  // RFC 8017 A.1.1
  SHOMEI_TRY(auto members, der::enter_single(key_bits));
  SHOMEI_TRY(const auto modulus, members.take_magnitude());
  SHOMEI_TRY(const auto exponent, members.take_magnitude());
  SHOMEI_CHECK(members.expect_done());
  const std::size_t bits = bits_of(modulus);
  if (bits != 2048 && bits != 3072) return bad_key("the key is of no supported type");
  if ((modulus.back() & 1) == 0) return bad_key("the modulus is even");
  const bool one = exponent.size() == 1 && exponent.front() == 1;
  if ((exponent.back() & 1) == 0 || one || exponent.size() > kExponentBytesMax)
    return bad_key("the exponent is even, 1 or too large");
  return Parsed{bits == 2048 ? KeyType::rsa_2048 : KeyType::rsa_3072, rsa_verifying_key(modulus, exponent)};
}

Result<Parsed> parse_key(Family family, ByteView key_bits) {
  switch (family) {
    case Family::rsa:
      return parse_rsa(key_bits);
    case Family::p256:
      return Parsed{KeyType::ec_p256, p256_verifying_key(key_bits)};
    case Family::p384:
      return Parsed{KeyType::ec_p384, p384_verifying_key(key_bits)};
    case Family::ed25519:
      break;
  }
  return Parsed{KeyType::ed25519, ed25519_verifying_key(key_bits)};
}

}  // namespace

Result<PublicKey> PublicKey::parse(ByteView spki) {
  SHOMEI_TRY(auto members, der::enter_single(spki));
  SHOMEI_TRY(const auto algorithm, members.take(der::kSequence));
  SHOMEI_TRY(const auto bits, members.take_bit_string());
  SHOMEI_CHECK(members.expect_done());
  SHOMEI_TRY(const auto family, family_of(algorithm.whole));
  SHOMEI_TRY(auto parsed, parse_key(family, bits));
  if (!parsed.key) return bad_key("its numbers are no key: a point that is not on the curve, say");
  PublicKey key;
  key.spki_ = to_bytes(spki);
  key.key_bits_ = to_bytes(bits);
  key.type_ = parsed.type;
  key.key_ = std::move(parsed.key);
  return key;
}

Result<void> PublicKey::verify(SignatureAlgorithm algorithm, ByteView message, ByteView signature) const {
  if (algorithm != algorithm_of(type_) || !key_->holds(message, signature)) return refused("signature_wrong");
  return {};
}

Bytes PublicKey::modulus() const {
  if (type_ != KeyType::rsa_2048 && type_ != KeyType::rsa_3072) return {};
  auto members = der::enter_single(key_bits_);
  SHOMEI_INVARIANT(members.has_value());  // parse() has been there
  const auto modulus = members->take_magnitude();
  SHOMEI_INVARIANT(modulus.has_value());
  return to_bytes(*modulus);
}

}  // namespace shomei::crypto
