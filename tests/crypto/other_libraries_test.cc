// What one library makes, another judges: our keys, whichever library is behind them, against OpenSSL alone.
#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <rapidcheck.h>

#include <set>
#include <thread>

#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "crypto/verifying_key.h"
#include "der/reader.h"

namespace shomei::crypto {
namespace {

template <auto Release>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

const EVP_MD* hash_of(KeyType type) {
  if (type == KeyType::ed25519) return nullptr;
  return type == KeyType::ec_p384 ? EVP_sha384() : EVP_sha256();
}

bool openssl_verifies(const PublicKey& key, ByteView message, ByteView signature) {
  const auto* at = key.spki().data();
  const Key theirs(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.spki().size())));
  const Context context(EVP_MD_CTX_new());
  EXPECT_EQ(EVP_DigestVerifyInit(context.get(), nullptr, hash_of(key.type()), nullptr, theirs.get()), 1);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

Bytes openssl_signs(const PrivateKey& key, ByteView message) {
  const auto der = key.pkcs8();
  const auto* at = der.reveal().data();
  const Key theirs(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
  const Context context(EVP_MD_CTX_new());
  Bytes signature(512);
  std::size_t length = signature.size();
  EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, hash_of(key.type()), nullptr, theirs.get()), 1);
  EXPECT_EQ(EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()), 1);
  signature.resize(length);
  return signature;
}

class OtherLibraries : public testing::TestWithParam<KeyType> {};

TEST_P(OtherLibraries, VerifyWhatWeSignAndSignWhatWeVerify) {
  const auto key = PrivateKey::generate(GetParam());
  EXPECT_TRUE(rc::check([&] {
    const auto message = *rc::gen::arbitrary<Bytes>();
    const auto ours = *key.sign(message);
    RC_ASSERT(openssl_verifies(key.public_key(), message, ours));
    const auto theirs = openssl_signs(key, message);
    RC_ASSERT(key.public_key().verify(algorithm_of(key.type()), message, theirs).has_value());
    Bytes bent = theirs;
    bent[*rc::gen::inRange<std::size_t>(0, bent.size())] ^= 1;
    RC_ASSERT(!key.public_key().verify(algorithm_of(key.type()), message, bent));
    RC_ASSERT(!openssl_verifies(key.public_key(), message, bent));
  }));
}

TEST_P(OtherLibraries, OneKeyServesManyThreads) {
  const auto key = PrivateKey::generate(GetParam());
  std::atomic<int> wrong{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 12; ++i) {
        const std::string message = std::to_string(t * 1000 + i);
        const auto signature = *key.sign(view(message));
        if (!key.public_key().verify(algorithm_of(key.type()), view(message), signature)) ++wrong;
      }
    });
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(Crypto, OtherLibraries,
                         testing::Values(KeyType::rsa_2048, KeyType::rsa_3072, KeyType::ec_p256,
                                         KeyType::ec_p384, KeyType::ed25519));

TEST(Ecdsa, NeverUsesANonceTwice) {
  for (const auto type : {KeyType::ec_p256, KeyType::ec_p384}) {
    const auto key = PrivateKey::generate(type);
    std::set<Bytes> firsts;
    for (int i = 0; i < 300; ++i) {
      const auto signature = *key.sign(view("the same message"));
      firsts.insert(to_bytes(*der::enter_single(signature)->take_magnitude()));  // r: the nonce's point
    }
    EXPECT_EQ(firsts.size(), 300U);
  }
}

TEST(P384, TakesPrivateScalarsOfTheGroupAlone) {
  Bytes order = *from_hex(
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");
  EXPECT_FALSE(p384_signing_key(SecretBytes(Bytes(48))));
  EXPECT_FALSE(p384_signing_key(SecretBytes(order)));
  order.back() -= 1;
  EXPECT_TRUE(p384_signing_key(SecretBytes(order)));
}

// A point with a small x, written with x and with x + p, which is the same number in the field.
TEST(P384, TakesCoordinatesBelowThePrimeAlone) {
  const std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>> group(EC_GROUP_new_by_curve_name(NID_secp384r1));
  const std::unique_ptr<EC_POINT, Free<EC_POINT_free>> point(EC_POINT_new(group.get()));
  const std::unique_ptr<BIGNUM, Free<BN_free>> x(BN_new());
  for (BN_ULONG small = 1;; ++small) {
    BN_set_word(x.get(), small);
    if (EC_POINT_set_compressed_coordinates(group.get(), point.get(), x.get(), 0, nullptr) == 1) break;
  }
  Bytes written(97);
  ASSERT_EQ(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, written.data(),
                               written.size(), nullptr),
            written.size());
  EXPECT_TRUE(p384_verifying_key(written));
  BN_add(x.get(), x.get(), EC_GROUP_get0_field(group.get()));
  ASSERT_EQ(BN_bn2binpad(x.get(), written.data() + 1, 48), 48);
  EXPECT_FALSE(p384_verifying_key(written));
}

TEST(Digests, AreThoseOfOpenssl) {
  EXPECT_TRUE(rc::check([] {
    const auto a = *rc::gen::arbitrary<Bytes>();
    const auto b = *rc::gen::container<Bytes>(*rc::gen::inRange<std::size_t>(0, 300),
                                              rc::gen::arbitrary<std::uint8_t>());
    const Bytes both = concatenate({a, b});
    const auto theirs = [&](const EVP_MD* kind) {
      Bytes out(static_cast<std::size_t>(EVP_MD_get_size(kind)));
      EVP_Digest(both.data(), both.size(), out.data(), nullptr, kind, nullptr);
      return out;
    };
    RC_ASSERT(equal(sha1(both), theirs(EVP_sha1())));
    RC_ASSERT(equal(sha256(both), theirs(EVP_sha256())));
    RC_ASSERT(equal(sha256({a, b}), theirs(EVP_sha256())));
    RC_ASSERT(equal(sha384(both), theirs(EVP_sha384())));
  }));
}

}  // namespace
}  // namespace shomei::crypto
