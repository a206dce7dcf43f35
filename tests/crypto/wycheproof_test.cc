// Signatures that some library once judged wrongly (tests/vectors/wycheproof): PublicKey judges each rightly.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "crypto/public_key.h"

namespace shomei::crypto {
namespace {

struct Suite {
  std::string file;
  KeyType type;
  int valid, invalid;  // of them, so that an empty file does not pass
};

class Wycheproof : public testing::TestWithParam<Suite> {};

TEST_P(Wycheproof, EverySignatureIsJudgedRightly) {
  const auto& suite = GetParam();
  std::ifstream file(SHOMEI_VECTORS "/wycheproof/" + suite.file + "_test.json");
  const auto document = nlohmann::json::parse(file);
  const auto bytes = [](const nlohmann::json& hex) { return *from_hex(hex.get<std::string>()); };
  int valid = 0, invalid = 0;
  for (const auto& group : document["testGroups"]) {
    const auto key = PublicKey::parse(bytes(group["publicKeyDer"]));
    ASSERT_TRUE(key) << group["publicKeyDer"];
    EXPECT_EQ(key->type(), suite.type);
    for (const auto& test : group["tests"]) {
      // "acceptable" ones are DigestInfos without their NULL: RFC 8017 9.2 wants it, and so does this
      // program.
      const bool expected = test["result"] == "valid";
      ++(expected ? valid : invalid);
      const auto verified = key->verify(algorithm_of(suite.type), bytes(test["msg"]), bytes(test["sig"]));
      EXPECT_EQ(verified.has_value(), expected) << test["tcId"] << " " << test["comment"];
    }
  }
  EXPECT_EQ(valid, suite.valid);
  EXPECT_EQ(invalid, suite.invalid);
}

INSTANTIATE_TEST_SUITE_P(Signatures, Wycheproof,
                         testing::Values(Suite{"ecdsa_secp256r1_sha256", KeyType::ec_p256, 174, 310},
                                         Suite{"ecdsa_secp384r1_sha384", KeyType::ec_p384, 194, 310},
                                         Suite{"rsa_signature_2048_sha256", KeyType::rsa_2048, 9, 250},
                                         Suite{"rsa_signature_3072_sha256", KeyType::rsa_3072, 8, 251},
                                         Suite{"ed25519", KeyType::ed25519, 88, 63}),
                         [](const auto& suite) { return suite.param.file; });

}  // namespace
}  // namespace shomei::crypto
