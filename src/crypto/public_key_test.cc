#include "crypto/public_key.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::crypto {
namespace {

constexpr KeyType kTypes[] = {KeyType::rsa_2048, KeyType::rsa_3072, KeyType::ec_p256, KeyType::ec_p384,
                              KeyType::ed25519};

Bytes algorithm_of_key(const PublicKey& key) {
  return to_bytes(der::enter_single(key.spki())->take()->whole);
}

Bytes spki(ByteView algorithm, ByteView key_bits) {
  return der::sequence({algorithm, der::bit_string(key_bits)});
}

TEST(ParsePublicKey, RefusesEveryCutAndWhatFollows) {
  for (const auto type : kTypes) {
    const PublicKey key = PrivateKey::generate(type).public_key();
    EXPECT_EQ(PublicKey::parse(key.spki())->type(), type);
    for (std::size_t cut = 0; cut < key.spki().size(); ++cut)
      EXPECT_FALSE(PublicKey::parse(ByteView(key.spki()).first(cut))) << name(type) << " " << cut;
    Bytes longer = key.spki();
    longer.push_back(0);
    EXPECT_FALSE(PublicKey::parse(longer));
  }
}

TEST(ParsePublicKey, TakesNoPointBesideItsCurve) {
  for (const auto type : {KeyType::ec_p256, KeyType::ec_p384}) {
    const PublicKey key = PrivateKey::generate(type).public_key();
    const Bytes algorithm = algorithm_of_key(key);
    for (std::size_t bit = 0; bit < key.key_bits().size() * 8; ++bit) {
      Bytes bent = key.key_bits();
      bent[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      EXPECT_FALSE(PublicKey::parse(spki(algorithm, bent))) << bit;
    }
    const std::size_t half = key.key_bits().size() / 2;
    Bytes compressed = to_bytes(ByteView(key.key_bits()).first(1 + half));
    compressed[0] = 2 + (key.key_bits().back() & 1);
    EXPECT_FALSE(PublicKey::parse(spki(algorithm, compressed)));
    Bytes hybrid = key.key_bits();
    hybrid[0] = 6 + (key.key_bits().back() & 1);
    EXPECT_FALSE(PublicKey::parse(spki(algorithm, hybrid)));
    EXPECT_FALSE(PublicKey::parse(spki(algorithm, Bytes{0}))) << "the point at infinity";
    EXPECT_FALSE(PublicKey::parse(spki(algorithm, Bytes(key.key_bits().size())))) << "and zeros";
  }
}

TEST(ParsePublicKey, TakesNoAlgorithmInAnotherForm) {
  const PublicKey rsa = PrivateKey::generate(KeyType::rsa_2048).public_key();
  const PublicKey curve = PrivateKey::generate(KeyType::ec_p256).public_key();
  const Bytes rsa_oid = der::oid(der::Oid("1.2.840.113549.1.1.1"));
  EXPECT_TRUE(PublicKey::parse(spki(der::sequence({rsa_oid, der::null()}), rsa.key_bits())));
  EXPECT_FALSE(PublicKey::parse(spki(der::sequence({rsa_oid}), rsa.key_bits())));
  EXPECT_FALSE(PublicKey::parse(spki(algorithm_of_key(rsa), curve.key_bits())));
  EXPECT_FALSE(PublicKey::parse(spki(algorithm_of_key(curve), rsa.key_bits())));
  const Bytes p521 =
      der::sequence({der::oid(der::Oid("1.2.840.10045.2.1")), der::oid(der::Oid("1.3.132.0.35"))});
  EXPECT_EQ(PublicKey::parse(spki(p521, curve.key_bits())).error().code, "public_key_form");
}

bool takes_rsa(ByteView modulus, ByteView exponent) {
  const Bytes algorithm = der::sequence({der::oid(der::Oid("1.2.840.113549.1.1.1")), der::null()});
  const Bytes numbers =
      der::sequence({der::integer_of_magnitude(modulus), der::integer_of_magnitude(exponent)});
  return PublicKey::parse(spki(algorithm, numbers)).has_value();
}

TEST(ParsePublicKey, TakesRsaNumbersInRangeAlone) {
  const PublicKey key = PrivateKey::generate(KeyType::rsa_2048).public_key();
  const Bytes modulus = to_bytes(*der::enter_single(key.key_bits())->take_magnitude());
  const Bytes exponent{1, 0, 1};
  EXPECT_TRUE(takes_rsa(modulus, exponent));
  EXPECT_TRUE(takes_rsa(modulus, Bytes{3}));
  for (const Bytes& bad : {Bytes{0}, Bytes{1}, Bytes{2}, Bytes{1, 0, 0}, Bytes(9, 1)})
    EXPECT_FALSE(takes_rsa(modulus, bad)) << to_hex(bad);
  Bytes even = modulus;
  even.back() &= 0xfe;
  EXPECT_FALSE(takes_rsa(even, exponent));
  Bytes short_by_a_bit = modulus;
  short_by_a_bit.front() = 0x7f;
  EXPECT_FALSE(takes_rsa(short_by_a_bit, exponent));
  EXPECT_FALSE(takes_rsa(Bytes{0}, exponent));
  // Negative: without the byte of the sign.
  const Bytes numbers = der::sequence({der::encode(der::kInteger, modulus), der::integer(65537)});
  EXPECT_FALSE(PublicKey::parse(spki(algorithm_of_key(key), numbers)));
}

TEST(VerifyWithAPublicKey, RefusesEveryCutAndAnotherAlgorithm) {
  for (const auto type : kTypes) {
    const auto key = PrivateKey::generate(type);
    const Bytes signature = *key.sign(view("message"));
    const auto verify = [&](SignatureAlgorithm algorithm, ByteView of) {
      return key.public_key().verify(algorithm, view("message"), of);
    };
    EXPECT_TRUE(verify(algorithm_of(type), signature));
    for (std::size_t cut = 0; cut < signature.size(); ++cut)
      EXPECT_FALSE(verify(algorithm_of(type), ByteView(signature).first(cut)));
    Bytes longer = signature;
    longer.push_back(0);
    EXPECT_FALSE(verify(algorithm_of(type), longer));
    for (const auto other : kTypes)
      if (algorithm_of(other) != algorithm_of(type)) EXPECT_FALSE(verify(algorithm_of(other), signature));
  }
}

}  // namespace
}  // namespace shomei::crypto
