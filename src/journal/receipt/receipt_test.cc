#include "journal/receipt/receipt.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crypto/private_key.h"
#include "journal/part.h"
#include "journal/receipt/prove.h"
#include "journal/status_part.h"
#include "journal/tree.h"

namespace shomei::journal {
namespace {

// A tree of eleven entries of which two, the intent and the result of one act, are in the receipt.
class ReceiptTest : public testing::Test {
 protected:
  ReceiptTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        key_(*parse_verifier_key(encode_verifier_key("receipt.example", signer_->public_key()))) {
    std::vector<Sha256> leaves;
    for (std::uint64_t i = 0; i < 11; ++i) leaves.push_back(leaf_hash(entry(i).entry));
    const NodeReader nodes = [&](unsigned level, std::uint64_t index) -> Result<Sha256> {
      TreeHasher hasher;
      for (auto i = index << level; i < (index + 1) << level; ++i) hasher.add(leaves[i]);
      return hasher.root();
    };
    receipt_.key = encode_verifier_key(key_.name, key_.key);
    receipt_.checkpoint = *sign_checkpoint({"receipt.example", 11, *root(11, nodes)}, *signer_);
    for (const std::uint64_t i : {3, 8}) {
      receipt_.entries.push_back(entry(i));
      receipt_.entries.back().inclusion = *inclusion_proof(i, 11, nodes);
    }
  }

  static ReceiptEntry entry(std::uint64_t sequence) {
    Entry entry;
    entry.sequence = sequence;
    entry.recorded_at =
        InstantMs{std::chrono::milliseconds{1'795'305'600'000 + static_cast<std::int64_t>(sequence)}};
    entry.act = *ActId::parse("act-of-the-receipt");
    entry.phase = sequence < 5 ? Phase::intent : Phase::result;
    ReceiptEntry made;
    const auto salt = static_cast<std::uint8_t>(sequence);
    made.parts[0] = Part{{salt, 1}, encode_status_part({})};
    made.parts[1] = Part{{salt, 2}, encode_fields({{"resident", to_bytes("resident-one")}})};
    made.parts[2] = Part{{salt, 3}, encode_fields({{"act", to_bytes("issue")}})};
    for (auto kind : kPartKinds) {
      const auto i = static_cast<std::size_t>(kind);
      entry.commitments[i] = commit(kind, *made.parts[i]);
    }
    made.parts[2].reset();
    made.entry = encode_entry(entry);
    return made;
  }

  // Nothing when it proves, else the code.
  std::string fault(const Receipt& receipt) const {
    const auto proven = prove_receipt(receipt, key_);
    return proven ? "" : std::string(proven.error().code);
  }
  // As a stranger would: with the key that the receipt itself names.
  static bool text_proves(std::string_view text) {
    const auto receipt = parse_receipt(text);
    if (!receipt) return false;
    const auto key = parse_verifier_key(receipt->key);
    return key && prove_receipt(*receipt, *key).has_value();
  }

  std::unique_ptr<crypto::Signer> signer_;
  VerifierKey key_;
  Receipt receipt_;
};

TEST_F(ReceiptTest, ComesBackAndProves) {
  const auto text = encode_receipt(receipt_);
  const auto back = parse_receipt(text);
  ASSERT_TRUE(back.has_value()) << back.error().parameter("what");
  EXPECT_EQ(encode_receipt(*back), text);
  const auto proven = prove_receipt(*back, key_);
  ASSERT_TRUE(proven.has_value()) << proven.error().parameter("what");
  EXPECT_EQ(proven->checkpoint.size, 11U);
  ASSERT_EQ(proven->entries.size(), 2U);
  EXPECT_EQ(proven->entries[0].entry.sequence, 3U);
  EXPECT_EQ(journal::text(*proven->entries[1].person, "resident"), "resident-one");
  EXPECT_FALSE(proven->entries[1].officer.has_value());
  EXPECT_TRUE(text_proves(text));
}

TEST_F(ReceiptTest, WhiteSpaceIsNothingAndEveryOtherByteCounts) {
  const auto text = encode_receipt(receipt_);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && text[i - 1] != '\\') quoted = !quoted;
    const bool space = !quoted && (text[i] == ' ' || text[i] == '\n');
    auto without = text;
    without.erase(i, 1);
    EXPECT_EQ(text_proves(without), space) << "without byte " << i;
    auto bent = text;
    bent[i] = static_cast<char>(bent[i] ^ (1U << (i % 8)));
    const bool still_space =
        space && (bent[i] == ' ' || bent[i] == '\n' || bent[i] == '\t' || bent[i] == '\r');
    EXPECT_EQ(text_proves(bent), still_space) << "byte " << i;
  }
}

TEST_F(ReceiptTest, EveryCutIsFound) {
  const auto text = encode_receipt(receipt_);
  for (std::size_t length = 0; length + 1 < text.size(); ++length)
    EXPECT_EQ(parse_receipt(std::string_view(text).substr(0, length)).error().code, "receipt_form") << length;
}

TEST_F(ReceiptTest, WhatIsNotTheOneFormIsNoReceipt) {
  const auto text = encode_receipt(receipt_);
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    changed.replace(changed.find(from), from.size(), to);
    return parse_receipt(changed);
  };
  EXPECT_FALSE(with("\"key\"", "\"k\\u0065y\""));
  EXPECT_FALSE(with("\"shomei_receipt\": 1", "\"shomei_receipt\": 1, \"more\": 1"));
  EXPECT_FALSE(with("\"shomei_receipt\": 1", "\"shomei_receipt\": 2"));
  EXPECT_FALSE(with("\"shomei_receipt\": 1", "\"shomei_receipt\": 1.0"));
  EXPECT_FALSE(with("\"shomei_receipt\": 1", "\"shomei_receipt\": 1, \"shomei_receipt\": 1"));
  EXPECT_FALSE(with("\"person\"", "\"parson\""));
  EXPECT_FALSE(parse_receipt("{}"));
  EXPECT_FALSE(
      parse_receipt("{\"shomei_receipt\": 1, \"key\": \"\", \"checkpoint\": \"\", \"entries\": []}"));
}

TEST_F(ReceiptTest, WhatDoesNotBelongTogetherDoesNotProve) {
  auto bent = receipt_;
  bent.entries[0].parts[1]->salt[9] ^= 1;
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  bent.entries[0].parts = receipt_.entries[1].parts;
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  std::swap(bent.entries[0].inclusion, bent.entries[1].inclusion);
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  std::swap(bent.entries[0], bent.entries[1]);
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  bent.entries.push_back(bent.entries[1]);
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  bent.checkpoint = *sign_checkpoint({"receipt.example", 11, {}}, *signer_);
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent = receipt_;
  bent.checkpoint =
      *sign_checkpoint({"receipt.example", 11, {}},
                       *crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519)));
  EXPECT_EQ(fault(bent), "checkpoint_unsigned");
  bent = receipt_;
  bent.entries[0].entry.back() ^= 1;
  EXPECT_EQ(fault(bent), "receipt_wrong");
  bent.entries[0].entry.pop_back();
  EXPECT_EQ(fault(bent), "receipt_form");
}

TEST_F(ReceiptTest, PartsThatAreLeftOutAreNotMissed) {
  receipt_.entries[0].parts = {};
  const auto proven = prove_receipt(receipt_, key_);
  ASSERT_TRUE(proven.has_value());
  EXPECT_FALSE(proven->entries[0].status.has_value());
  EXPECT_TRUE(text_proves(encode_receipt(receipt_)));
}

}  // namespace
}  // namespace shomei::journal
