#include "journal/checkpoint.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"
#include "journal/tree.h"

namespace shomei::journal {
namespace {

class CheckpointTest : public testing::Test {
 protected:
  CheckpointTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        key_(*parse_verifier_key(encode_verifier_key("example.jp/journal", signer_->public_key()))),
        note_(*sign_checkpoint({"example.jp/journal", 5, empty_root()}, *signer_)) {}

  std::string_view code_of(std::string_view note) const {
    const auto opened = open_checkpoint(note, key_);
    return opened ? "opened" : opened.error().code;
  }

  std::unique_ptr<crypto::Signer> signer_;
  VerifierKey key_;
  std::string note_;
};

TEST_F(CheckpointTest, IsOpenedAsItWasSigned) {
  const auto opened = open_checkpoint(note_, key_);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->origin, "example.jp/journal");
  EXPECT_EQ(opened->size, 5U);
  EXPECT_EQ(opened->root, empty_root());
  EXPECT_TRUE(
      note_.starts_with("example.jp/journal\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
                        "\u2014 example.jp/journal "));
}

// Published keys: the id before the second plus must come out of name and key.
TEST(VerifierKey, PublishedKeysParseAndAreWrittenTheSame) {
  for (std::string_view text : {"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"}) {
    const auto key = parse_verifier_key(text);
    ASSERT_TRUE(key.has_value()) << text;
    EXPECT_EQ(encode_verifier_key(key->name, key->key), text);
  }
}

TEST(VerifierKey, OtherFormsAreRefused) {
  for (std::string_view text : {"", "+", "++", "PeterNeumann", "PeterNeumann+c74f20a3",
                                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    const auto key = parse_verifier_key(text);
    ASSERT_FALSE(key.has_value()) << text;
    EXPECT_EQ(key.error().code, "verifier_key_form");
  }
}

TEST_F(CheckpointTest, EveryCutIsRefused) {
  for (std::size_t length = 0; length < note_.size(); ++length)
    EXPECT_NE(code_of(note_.substr(0, length)), "opened") << length;
}

TEST_F(CheckpointTest, EveryBentBitIsRefused) {
  for (std::size_t i = 0; i < note_.size() * 8; ++i) {
    std::string bent = note_;
    bent[i / 8] = static_cast<char>(bent[i / 8] ^ 1 << i % 8);
    EXPECT_NE(code_of(bent), "opened") << i / 8;
  }
}

TEST_F(CheckpointTest, AnotherKeysSignatureIsNotEnoughButDoesNoHarm) {
  const auto other = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const std::string foreign = *sign_checkpoint({"example.jp/journal", 5, empty_root()}, *other);
  EXPECT_EQ(code_of(foreign), "checkpoint_unsigned");
  const std::string its_signature = foreign.substr(foreign.find("\n\n") + 2);
  EXPECT_EQ(code_of(note_ + its_signature), "opened");
  EXPECT_EQ(
      code_of(note_.substr(0, note_.find("\n\n") + 2) + its_signature + note_.substr(note_.find("\n\n") + 2)),
      "opened");
}

TEST_F(CheckpointTest, LinesAreSignedWithTheirText) {
  std::string larger = note_;
  larger.replace(larger.find("\n5\n"), 3, "\n6\n");
  EXPECT_EQ(code_of(larger), "checkpoint_unsigned");
}

// Signed, and still not a checkpoint: the signer's slip must not pass.
TEST_F(CheckpointTest, SignedTextOfAnotherFormIsRefused) {
  for (std::string text : {"example.jp/journal\n05\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                           "example.jp/journal\n5\n47DEQpj8HBSa\n", "example.jp/journal\n5\n",
                           "example.jp/journal\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"}) {
    const Bytes signature = *signer_->sign(view(text));
    const std::string note =
        text + "\n\u2014 " + key_.name + " " + to_base64(concatenate({key_.id, signature})) + "\n";
    EXPECT_EQ(code_of(note), "checkpoint_form") << text;
  }
}

TEST_F(CheckpointTest, OriginsThatAreNoNamesAreRefused) {
  for (std::string origin : {"", "two words", "a+b", "line\nbreak"}) {
    const auto note = sign_checkpoint({origin, 0, empty_root()}, *signer_);
    ASSERT_FALSE(note.has_value()) << origin;
    EXPECT_EQ(note.error().code, "checkpoint_origin_form");
  }
}

}  // namespace
}  // namespace shomei::journal
