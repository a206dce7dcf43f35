#include "crypto/rsa.h"

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "crypto/random.h"

namespace shomei::crypto {
namespace {

const PrivateKey& key() {
  static const PrivateKey made = PrivateKey::generate(KeyType::rsa_2048);
  return made;
}

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST(Rsa, AKeyIsMadeOfItsNumbersAgain) {
  const auto& half = key().public_key();
  EXPECT_EQ(rsa_public_key(half.modulus(), rsa_exponent(half)).value(), half);
  const Bytes zero{0, 0};
  EXPECT_EQ(code(rsa_public_key(zero, rsa_exponent(half))), "public_key_form");
  EXPECT_EQ(code(rsa_public_key(half.modulus(), {})), "public_key_form");
}

TEST(Rsa, WhatWasPaddedAsGivenIsVerifiedAsGiven) {
  for (const std::size_t bytes : {1, 51, 115, 245}) {
    const Bytes input = random_bytes(bytes);
    const Bytes signature = key().sign_padded(input).value();
    EXPECT_TRUE(verify_padded(key().public_key(), input, signature));
    Bytes other = input;
    other.back() ^= 1;
    EXPECT_EQ(code(verify_padded(key().public_key(), other, signature)), "signature_wrong");
    EXPECT_EQ(code(verify_padded(key().public_key(), ByteView(input).first(bytes - 1), signature)),
              "signature_wrong");
    EXPECT_EQ(code(verify_padded(key().public_key(), input, ByteView(signature).first(255))),
              "signature_wrong");
  }
}

TEST(Rsa, APssSignatureHoldsForItsMessageAlone) {
  const auto signature = key().sign_pss(sha256(view("m"))).value();
  const auto& half = key().public_key();
  EXPECT_TRUE(verify_pss(half, view("m"), signature));
  EXPECT_EQ(code(verify_pss(half, view("n"), signature)), "signature_wrong");
  EXPECT_EQ(code(verify_pss(half, view("m"), ByteView(signature).first(255))), "signature_wrong");
  EXPECT_EQ(code(verify_pss(half, view("m"), Bytes(256, 7))), "signature_wrong");
  EXPECT_EQ(code(verify_pss(half, view("m"), key().sign(view("m")).value())), "signature_wrong")
      << "PKCS#1 v1.5";
  EXPECT_EQ(code(verify_pss(PrivateKey::generate(KeyType::ec_p384).public_key(), view("m"), signature)),
            "public_key_form");
}

TEST(Rsa, ASeedReachesTheHolderOfTheKeyAlone) {
  const auto seed = random_secret(36);
  Bytes sealed = encrypt_oaep(key().public_key(), seed).value();
  EXPECT_TRUE(equal(decrypt_oaep(key(), sealed).value().reveal(), seed.reveal()));
  sealed[100] ^= 1;
  EXPECT_EQ(code(decrypt_oaep(key(), sealed)), "decryption_failed");
  EXPECT_EQ(code(decrypt_oaep(key(), ByteView(sealed).first(255))), "decryption_failed");
  EXPECT_EQ(code(decrypt_oaep(key(), Bytes(256, 0xFF))), "decryption_failed");
  EXPECT_EQ(code(encrypt_oaep(key().public_key(), random_secret(191))), "padding_input_length");
  EXPECT_EQ(code(encrypt_oaep(PrivateKey::generate(KeyType::ec_p256).public_key(), seed)), "public_key_form");
}

}  // namespace
}  // namespace shomei::crypto
