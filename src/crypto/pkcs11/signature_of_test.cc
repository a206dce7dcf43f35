#include "crypto/pkcs11/signature_of.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/digest.h"
#include "crypto/private_key.h"
#include "der/reader.h"

namespace shomei::crypto::pkcs11 {
namespace {

Bytes padded(ByteView magnitude, std::size_t to) {
  Bytes bytes(to - magnitude.size());
  append(bytes, magnitude);
  return bytes;
}

TEST(EcdsaSignatureOf, IsTheSignatureThatWasTakenApart) {
  for (const auto& [type, half] : {std::pair{KeyType::ec_p256, std::size_t{32}}, {KeyType::ec_p384, 48}}) {
    const auto key = PrivateKey::generate(type);
    for (int i = 0; i < 40;
         ++i) {  // long enough for numbers with the highest bit, and some with a leading zero
      const Bytes signature = *key.sign(view(std::to_string(i)));
      auto members = *der::enter_single(signature);
      Bytes raw = padded(*members.take_magnitude(), half);
      append(raw, padded(*members.take_magnitude(), half));
      EXPECT_EQ(*ecdsa_signature_of(raw, type), signature);
    }
  }
}

TEST(EcdsaSignatureOf, DropsLeadingZeros) {
  Bytes raw(64);
  raw[31] = 0x80;
  raw[63] = 1;
  EXPECT_EQ(to_hex(*ecdsa_signature_of(raw, KeyType::ec_p256)), "300702020080020101");
}

TEST(EcdsaSignatureOf, RefusesOtherLengths) {
  EXPECT_TRUE(rc::check([] {
    const auto raw = *rc::gen::arbitrary<Bytes>();
    for (const auto type : {KeyType::ec_p256, KeyType::ec_p384}) {
      const bool fits = raw.size() == (type == KeyType::ec_p256 ? 64U : 96U);
      RC_ASSERT(ecdsa_signature_of(raw, type).has_value() == fits);
    }
  }));
  EXPECT_EQ(ecdsa_signature_of(Bytes(63), KeyType::ec_p256).error().code, "token_signature_form");
}

TEST(DigestInfoOf, IsWhatIsPaddedInAnOrdinarySignature) {
  const auto key = PrivateKey::generate(KeyType::rsa_2048);
  EXPECT_EQ(*key.sign_padded(digest_info_of(view("message"))), *key.sign(view("message")));
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
