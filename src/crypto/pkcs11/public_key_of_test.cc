#include "crypto/pkcs11/public_key_of.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::crypto::pkcs11 {
namespace {

TEST(RsaPublicKey, IsTheKeyOfItsNumbers) {
  const auto key = PrivateKey::generate(KeyType::rsa_2048).public_key();
  auto members = *der::enter_single(key.key_bits());
  const auto modulus = *members.take_magnitude();
  const auto exponent = *members.take_magnitude();
  EXPECT_EQ(*rsa_public_key(modulus, exponent), key);
  Bytes with_zero{0};  // some tokens put one in front
  append(with_zero, modulus);
  EXPECT_EQ(*rsa_public_key(with_zero, exponent), key);
  EXPECT_FALSE(rsa_public_key(modulus, {}));
  EXPECT_FALSE(rsa_public_key({}, exponent));
  for (std::size_t cut = 1; cut < modulus.size(); ++cut)
    EXPECT_FALSE(rsa_public_key(modulus.first(cut), exponent)) << cut;
}

TEST(CurvePublicKey, TakesThePointWrappedAndBare) {
  for (const auto type : {KeyType::ec_p256, KeyType::ec_p384, KeyType::ed25519}) {
    const auto key = PrivateKey::generate(type).public_key();
    const Bytes parameters = curve_parameters(type);
    EXPECT_EQ(*curve_public_key(parameters, der::octet_string(key.key_bits())), key);
    EXPECT_EQ(*curve_public_key(parameters, key.key_bits()), key);
  }
  const auto key = PrivateKey::generate(KeyType::ed25519).public_key();
  EXPECT_EQ(*curve_public_key(der::oid(der::Oid("1.3.101.112")), key.key_bits()), key);
}

TEST(CurvePublicKey, RefusesEveryCutAndEveryBentPoint) {
  for (const auto type : {KeyType::ec_p256, KeyType::ec_p384}) {
    const auto key = PrivateKey::generate(type).public_key();
    const Bytes parameters = curve_parameters(type), point = der::octet_string(key.key_bits());
    for (std::size_t cut = 0; cut < point.size(); ++cut) {
      EXPECT_FALSE(curve_public_key(parameters, ByteView(point).first(cut)));
      EXPECT_FALSE(curve_public_key(ByteView(parameters).first(std::min(cut, parameters.size() - 1)), point));
      Bytes bent = point;
      bent[cut] ^= 1;
      EXPECT_FALSE(curve_public_key(parameters, bent)) << cut;
    }
  }
  EXPECT_FALSE(curve_public_key(der::oid(der::Oid("1.3.132.0.10")), Bytes(65, 4)));  // secp256k1
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
