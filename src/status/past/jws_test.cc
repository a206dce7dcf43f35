#include "status/past/jws.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"

namespace shomei::status {
namespace {

using crypto::KeyType;

const Bytes kCertificate = to_bytes("no certificate, since nobody here reads it");

std::unique_ptr<crypto::Signer> signer_of(KeyType type) {
  return crypto::software_signer(crypto::PrivateKey::generate(type));
}

TEST(Jws, HoldsUnderTheKeyThatSignedItAndNoOther) {
  for (const auto& [type, name] :
       {std::pair{KeyType::rsa_2048, "RS256"}, std::pair{KeyType::ec_p256, "ES256"},
        std::pair{KeyType::ec_p384, "ES384"}, std::pair{KeyType::ed25519, "EdDSA"}}) {
    const auto signer = signer_of(type);
    const auto text = *sign_jws("{\"a\":1}", "some-type", kCertificate, *signer);
    const auto jws = *parse_jws(text + "\n");
    EXPECT_EQ(jws.algorithm, name);
    EXPECT_EQ(jws.payload, "{\"a\":1}");
    EXPECT_EQ(jws.type, "some-type");
    EXPECT_EQ(jws.certificate, kCertificate);
    EXPECT_TRUE(verify_jws(jws, signer->public_key())) << name;
    EXPECT_EQ(verify_jws(jws, signer_of(type)->public_key()).error().code, "signature_wrong") << name;
    const auto other = signer_of(type == KeyType::ec_p256 ? KeyType::ec_p384 : KeyType::ec_p256);
    EXPECT_EQ(verify_jws(jws, other->public_key()).error().code, "jws_form") << name;
  }
}

// r or s begins with a zero byte in one of 128 signatures: both have their whole length all the same.
TEST(Jws, EcdsaHasItsWholeLengthWheneverANumberIsShort) {
  const auto signer = signer_of(KeyType::ec_p256);
  int with_zero = 0;
  for (int i = 0; i < 2000 && with_zero < 3; ++i) {
    const auto jws = *parse_jws(*sign_jws(std::to_string(i), "t", kCertificate, *signer));
    ASSERT_EQ(jws.signature.size(), 64U);
    if (jws.signature[0] != 0 && jws.signature[32] != 0) continue;
    ++with_zero;
    EXPECT_TRUE(verify_jws(jws, signer->public_key()));
  }
  EXPECT_GT(with_zero, 0);
}

// RFC 7515 A.3.1: an ES256 signature of others.
TEST(Jws, VerifiesTheExampleOfTheRfc) {
  Jws jws;
  jws.algorithm = "ES256";
  jws.signing_input =
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290I"
      "jp0cnVlfQ";
  jws.signature = *from_base64url(
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  const auto point =
      concatenate({*from_hex("04"), *from_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                   *from_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")});
  const auto spki = concatenate({*from_hex("3059301306072a8648ce3d020106082a8648ce3d030107034200"), point});
  const auto key = *crypto::PublicKey::parse(spki);
  EXPECT_TRUE(verify_jws(jws, key));
  jws.signature[5] ^= 1;
  EXPECT_FALSE(verify_jws(jws, key));
  jws.signature.pop_back();
  EXPECT_EQ(verify_jws(jws, key).error().code, "jws_form");
  jws.signature = Bytes(64, 0);
  EXPECT_FALSE(verify_jws(jws, key));
}

TEST(Jws, OneFormAlone) {
  const auto signer = signer_of(KeyType::ec_p256);
  const auto text = *sign_jws("{}", "t", kCertificate, *signer);
  for (std::size_t n = 0; n < text.size(); ++n)
    EXPECT_FALSE(parse_jws(std::string_view(text).substr(0, n))) << n;
  EXPECT_FALSE(parse_jws(" " + text));
  EXPECT_FALSE(parse_jws(text.substr(0, text.size() - 1) + ",\"proof\":1}"));
  const auto again = [&](const std::string& header) {
    auto bent = text;
    const auto from = bent.find("\"protected\":\"") + 13;
    return parse_jws(bent.replace(from, bent.find('"', from) - from, to_base64url(view(header))));
  };
  const auto x5c = "\"x5c\":[\"" + to_base64(kCertificate) + "\"]";
  EXPECT_TRUE(again(R"({"alg":"none","typ":"t",)" + x5c + "}")) << "read, and then verified by no key";
  EXPECT_FALSE(again(R"({"alg":"ES256","crit":["b64"],"typ":"t",)" + x5c + "}"));
  EXPECT_FALSE(again(R"({"alg": "ES256","typ":"t",)" + x5c + "}"));
  EXPECT_FALSE(again(R"({"alg":"ES256","typ":"t"})"));
  EXPECT_FALSE(again(R"({"alg":"ES256","typ":"t","x5c":[]})"));
}

TEST(JwsProperty, Base64UrlGoesThereAndBackAndHasOneForm) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& bytes) {
    const auto text = to_base64url(bytes);
    RC_ASSERT(text.find_first_of("+/=") == std::string::npos);
    RC_ASSERT(*from_base64url(text) == bytes);
  }));
  for (const auto* wrong : {"A", "AB=", "AA==", "AB", "A+", "A/8A", "AAA\n", "AAAAA"})
    EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

}  // namespace
}  // namespace shomei::status
