// Keys on tokens: made, found, used by several threads, and judged by programs of others.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "soft_tokens.h"

namespace shomei::crypto::pkcs11 {
namespace {

void write(const std::filesystem::path& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

// What the `openssl` program says of a signature.
Ran judged_by_openssl(const SoftTokens& tokens, const PublicKey& key, ByteView message, ByteView signature) {
  write(tokens.path("key"), key.spki());
  write(tokens.path("message"), message);
  write(tokens.path("signature"), signature);
  const auto in = [&](const char* name) { return " " + tokens.path(name).string(); };
  if (key.type() == KeyType::ed25519)
    return run("openssl pkeyutl -verify -rawin -keyform DER -pubin -inkey" + in("key") + " -sigfile" +
               in("signature") + " -in" + in("message"));
  const std::string hash = key.type() == KeyType::ec_p384 ? "sha384" : "sha256";
  return run("openssl dgst -" + hash + " -keyform DER -verify" + in("key") + " -signature" + in("signature") +
             in("message"));
}

class EveryTypeOnAToken : public testing::TestWithParam<KeyType> {};

TEST_P(EveryTypeOnAToken, IsMadeFoundUsedAndNeverShown) {
  SoftTokens tokens;
  tokens.add("ca");
  const auto ring = token_key_ring(*tokens.open("ca"));
  EXPECT_FALSE(*ring->has("signer"));
  EXPECT_EQ(ring->open("signer").error().code, "key_missing");
  const auto made = ring->generate("signer", GetParam());
  ASSERT_TRUE(made) << made.error().code << " " << made.error().parameter("rv");
  EXPECT_TRUE(*ring->has("signer"));
  EXPECT_EQ((*made)->public_key().type(), GetParam());
  EXPECT_EQ(ring->generate("signer", GetParam()).error().code, "key_exists");

  const auto signer = *ring->open("signer");
  const PublicKey& key = signer->public_key();
  EXPECT_EQ(key, (*made)->public_key());
  for (const std::size_t bytes : {0, 1, 200, 5000}) {
    const Bytes message(bytes, 0x5a);
    const auto signature = signer->sign(message);
    ASSERT_TRUE(signature) << signature.error().code << " " << signature.error().parameter("rv");
    EXPECT_TRUE(key.verify(signer->algorithm(), message, *signature));
    if (bytes > 0) {
      const auto judged = judged_by_openssl(tokens, key, message, *signature);
      EXPECT_EQ(judged.status, 0) << judged.output;
    }
  }
  const auto listed = tokens.tool("--list-objects --type privkey").output;
  EXPECT_NE(listed.find("sensitive, always sensitive, never extractable, local"), std::string::npos)
      << listed;
  EXPECT_NE(listed.find("ID:         " + to_hex(key.key_identifier())), std::string::npos) << listed;
  EXPECT_NE(listed.find("Usage:      sign"), std::string::npos) << listed;
  EXPECT_EQ(listed.find("decrypt"), std::string::npos) << listed;
}

INSTANTIATE_TEST_SUITE_P(Token, EveryTypeOnAToken,
                         testing::Values(KeyType::rsa_2048, KeyType::rsa_3072, KeyType::ec_p256,
                                         KeyType::ec_p384, KeyType::ed25519),
                         [](const auto& param) {
                           std::string text(name(param.param));
                           std::erase(text, '-');
                           return text;
                         });

// A message of one's own for each signature; answers how many failed.
int sign_many(Signer& signer, int thread, int count) {
  int failed = 0;
  for (int i = 0; i < count; ++i) {
    const std::string message = std::to_string(thread) + "/" + std::to_string(i);
    const auto signature = signer.sign(view(message));
    if (!signature || !signer.public_key().verify(signer.algorithm(), view(message), *signature)) ++failed;
  }
  return failed;
}

int sign_by_threads(const std::vector<std::unique_ptr<Signer>>& signers, int threads, int count) {
  std::atomic<int> failed{0};
  std::vector<std::jthread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back(
        [&, t] { failed += sign_many(*signers[static_cast<std::size_t>(t) % signers.size()], t, count); });
  running.clear();
  return failed;
}

TEST(TokenKeys, SignForEightThreadsFromTwoTokensOfTwoModules) {
  SoftTokens one;
  one.add("ca");
  const auto ring = token_key_ring(*one.open("ca"));
  SoftTokens other;
  other.add("ca");
  const auto other_ring = token_key_ring(*other.open("ca"));
  std::vector<std::unique_ptr<Signer>> signers;
  for (const auto type : {KeyType::rsa_2048, KeyType::ec_p256}) {
    signers.push_back(*ring->generate(name(type), type));
    signers.push_back(*other_ring->generate(name(type), type));
  }
  EXPECT_NE(signers[0]->public_key(), signers[1]->public_key());
  EXPECT_EQ(sign_by_threads(signers, 8, 40), 0);
}

TEST(TokenKeys, ShareTheFewSessionsOfASmallToken) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  controls.sessions_max = 4;
  const auto ring = token_key_ring(*tokens.open("ca"));
  std::vector<std::unique_ptr<Signer>> signers;
  signers.push_back(*ring->generate("key", KeyType::ec_p256));
  EXPECT_EQ(sign_by_threads(signers, 8, 40), 0);
  EXPECT_LE(controls.most_sessions, 3) << "one is left to make keys with";
}

TEST(TokenKeys, TwoOfOneNameAreRefused) {
  SoftTokens tokens;
  tokens.add("ca");
  for (const auto* id : {"01", "02"})
    ASSERT_EQ(
        tokens.tool(std::string("--keypairgen --key-type EC:prime256v1 --label twin --id ") + id).status, 0);
  const auto ring = token_key_ring(*tokens.open("ca"));
  EXPECT_EQ(ring->open("twin").error().code, "key_ambiguous");
  EXPECT_EQ(ring->has("twin").error().code, "key_ambiguous");
  EXPECT_EQ(ring->generate("twin", KeyType::ec_p256).error().code, "key_ambiguous");
}

TEST(TokenKeys, MadeByAnotherProgramSign) {
  SoftTokens tokens;
  tokens.add("ca");
  ASSERT_EQ(tokens.tool("--keypairgen --key-type EC:secp384r1 --label theirs --id 07").status, 0);
  ASSERT_EQ(tokens.tool("--keypairgen --key-type EC:secp521r1 --label large --id 08").status, 0);
  ASSERT_EQ(tokens.tool("--keypairgen --key-type EC:prime256v1 --label half --id 09").status, 0);
  ASSERT_EQ(tokens.tool("--delete-object --type pubkey --id 09").status, 0);
  const auto ring = token_key_ring(*tokens.open("ca"));
  const auto signer = *ring->open("theirs");
  EXPECT_EQ(signer->public_key().type(), KeyType::ec_p384);
  EXPECT_TRUE(signer->sign(view("message")));
  EXPECT_EQ(ring->open("large").error().code, "token_key_form");
  EXPECT_EQ(ring->open("half").error().code, "token_public_key_missing");
}

TEST(TokenKeys, SignADigestWhereTheTokenDoesNotHash) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  controls.without = CKM_SHA256_RSA_PKCS;
  const auto ring = token_key_ring(*tokens.open("ca"));
  const auto signer = *ring->generate("key", KeyType::rsa_2048);
  const auto signature = *signer->sign(view("message"));
  EXPECT_EQ(judged_by_openssl(tokens, signer->public_key(), view("message"), signature).status, 0);
}

TEST(TokenKeys, NeedAMechanism) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  controls.without = CKM_EDDSA;
  const auto ring = token_key_ring(*tokens.open("ca"));
  const auto error = ring->generate("key", KeyType::ed25519).error();
  EXPECT_EQ(error.code, "token_mechanism_missing");
  EXPECT_EQ(error.parameter("mechanism"), "ed25519");
}

TEST(TokenKeys, DoNotFitOnAFullToken) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  const auto ring = token_key_ring(*tokens.open("ca"));
  controls.generate = CKR_DEVICE_MEMORY;
  EXPECT_EQ(ring->generate("key", KeyType::ec_p256).error().code, "token_full");
  controls.generate = CKR_OK;
  EXPECT_TRUE(ring->generate("key", KeyType::ec_p256));
}

TEST(TokenKeys, NoSignatureOfAFaultyDeviceIsHandedOut) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  const auto ring = token_key_ring(*tokens.open("ca"));
  for (const auto type : {KeyType::rsa_2048, KeyType::ec_p256, KeyType::ec_p384, KeyType::ed25519}) {
    const auto signer = *ring->generate(name(type), type);
    controls.bend_signatures = true;
    EXPECT_EQ(signer->sign(view("message")).error().code, "token_signature_wrong");
    controls.bend_signatures = false;
    EXPECT_TRUE(signer->sign(view("message")));
  }
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
