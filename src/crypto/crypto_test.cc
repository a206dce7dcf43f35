#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "crypto/digest_stream.h"
#include "crypto/private_key.h"
#include "crypto/random.h"
#include "crypto/seal.h"

namespace shomei::crypto {
namespace {

TEST(Digest, FollowsFips180Vectors) {
  EXPECT_EQ(to_hex(sha1(view("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(sha256(view("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({view("a"), view("bc")}), sha256(view("abc")));
  Sha256Stream stream;
  stream.add(view("a")), stream.add(view("bc"));
  EXPECT_EQ(stream.finish(), sha256(view("abc")));
  EXPECT_EQ(stream.finish(), sha256(ByteView{}));
}

class EveryKeyType : public testing::TestWithParam<KeyType> {};

TEST_P(EveryKeyType, SignsVerifiesAndGoesThroughPkcs8) {
  const auto key = PrivateKey::generate(GetParam());
  EXPECT_EQ(key.type(), GetParam());
  const auto again = *PrivateKey::parse_pkcs8(key.pkcs8());
  EXPECT_EQ(again.public_key(), key.public_key());
  const auto signature = *again.sign(view("message"));
  const auto algorithm = algorithm_of(GetParam());
  EXPECT_TRUE(key.public_key().verify(algorithm, view("message"), signature));
  EXPECT_EQ(key.public_key().verify(algorithm, view("massage"), signature).error().code, "signature_wrong");
  Bytes bent = signature;
  bent[bent.size() / 2] ^= 1;
  EXPECT_FALSE(key.public_key().verify(algorithm, view("message"), bent));
  const auto identifier = encode_algorithm(algorithm);
  der::Reader reader(identifier);
  EXPECT_EQ(*take_algorithm(reader), algorithm);
  EXPECT_EQ(*parse_key_type(name(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Crypto, EveryKeyType,
                         testing::Values(KeyType::rsa_2048, KeyType::rsa_3072, KeyType::ec_p256,
                                         KeyType::ec_p384, KeyType::ed25519));

TEST(PrivateKey, PaddedSigningOfADigestInfoIsTheOrdinarySignature) {  // jpki-facts 1.5
  const auto key = PrivateKey::generate(KeyType::rsa_2048);
  Bytes digest_info = *from_hex("3031300d060960864801650304020105000420");
  append(digest_info, sha256(view("message")));
  EXPECT_EQ(*key.sign_padded(digest_info), *key.sign(view("message")));
  EXPECT_TRUE(key.sign_padded(Bytes(245, 1)));
  EXPECT_EQ(key.sign_padded(Bytes(246, 1)).error().code, "padding_input_length");
  EXPECT_EQ(key.sign_padded({}).error().code, "padding_input_length");
}

TEST(PublicKey, RefusesTrailingBytesAndOtherCurves) {
  Bytes spki = PrivateKey::generate(KeyType::ec_p256).public_key().spki();
  spki.push_back(0);
  EXPECT_FALSE(PublicKey::parse(spki));
}

TEST(Seal, OpensOnlyWithItsKeyItsContextAndAllItsBytes) {
  const auto key = random_secret(kSealKeyBytes);
  const auto sealed = seal(key, "card:abc", view("secret"));
  EXPECT_EQ(open_sealed(key, "card:abc", sealed)->reveal_text(), "secret");
  EXPECT_EQ(open_sealed(key, "card:abd", sealed).error().code, "seal_broken");
  EXPECT_FALSE(open_sealed(random_secret(kSealKeyBytes), "card:abc", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto bent = sealed;
    bent[i] ^= 0x40;
    EXPECT_FALSE(open_sealed(key, "card:abc", bent));
    EXPECT_FALSE(open_sealed(key, "card:abc", ByteView(sealed).first(i)));
  }
}

TEST(Random, IdentifiersAreIdentifiersAndDiffer) {
  const auto a = ordered_identifier<ActId>();
  EXPECT_EQ(a.text().size(), 26U);
  EXPECT_NE(a, ordered_identifier<ActId>());
}

}  // namespace
}  // namespace shomei::crypto
