// A person is forgotten: nobody can say any more what the journal said of them, everything else still holds,
// and receipts made before still prove.
#include <gtest/gtest.h>

#include "journal/erase_person.h"
#include "journal/receipt/make_receipt.h"
#include "journal/receipt/prove.h"
#include "journal/verify.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei {
namespace {

using journal::Phase;

class EraseTest : public testing::Test {
 protected:
  EraseTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(std::move(
            store::SqliteEngine::open(folder_.path() / "store.sqlite", store::OpenMode::create).value())),
        spine_(*engine_, *signer_, clock_, "erase.example"),
        authority_("signature-1", "Small Authority", crypto::PrivateKey::generate(crypto::KeyType::ec_p256)),
        key_(*journal::parse_verifier_key(
            journal::encode_verifier_key("erase.example", signer_->public_key()))) {
    EXPECT_TRUE(test::append(spine_, authority_.added(*ActId::parse("act-ceremony"))).has_value());
  }

  // Intent and result, with the rows as the real authority has them.
  void issue(const ActId& act, const pki::SerialNumber& serial) {
    auto transaction = std::move(spine_.begin().value());
    ASSERT_TRUE(authority_.reserve(transaction.rows(), act, serial).has_value());
    ASSERT_TRUE(transaction.append(authority_.intent(act, serial)).has_value());
    const auto certificate = authority_.sign(serial);
    ASSERT_TRUE(authority_.issue(transaction.rows(), act, certificate).has_value());
    ASSERT_TRUE(transaction.append(authority_.result(act, certificate)).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }

  void revoke(const pki::SerialNumber& serial) {
    auto transaction = std::move(spine_.begin().value());
    auto record = transaction.rows().find_certificates(serial).value().front();
    record.state = journal::CertificateState::revoked;
    record.revoked_at = clock_.now();
    record.reason = pki::RevocationReason::unspecified;
    ASSERT_TRUE(transaction.rows().update(record, journal::CertificateState::valid).has_value());
    ASSERT_TRUE(
        transaction
            .append({.act = *ActId::parse("act-revoke-it"),
                     .status = {journal::CertificateRevoked{"signature-1", serial, clock_.now(), {}, {}}},
                     .person = {{"resident", to_bytes("resident-one")}},
                     .about = kResident})
            .has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }

  Result<journal::Erased> erase() {
    return journal::erase_person(spine_, kResident, {{"ground", to_bytes("the ten years are over")}});
  }

  journal::VerifyReport verify() {
    return journal::verify_journal(*spine_.read().value(), {.key = key_}).value();
  }

  inline static const ResidentId kResident = *ResidentId::parse("resident-one");
  inline static const ActId kAct = *ActId::parse("act-issue-it");
  inline static const pki::SerialNumber kSerial = *pki::SerialNumber::parse_hex("0A01");
  test::TemporaryFolder folder_;
  test::SystemClock clock_;
  std::unique_ptr<crypto::Signer> signer_;
  std::unique_ptr<store::SqliteEngine> engine_;
  journal::Journal spine_;
  test::SmallAuthority authority_;
  journal::VerifierKey key_;
};

TEST_F(EraseTest, ForgetsThePersonAndKeepsTheHistory) {
  issue(kAct, kSerial);
  revoke(kSerial);
  const auto before = verify();
  EXPECT_TRUE(before.holds());
  const auto receipt = journal::make_receipt(*spine_.read().value(), {kAct, true}, key_);
  ASSERT_TRUE(receipt.has_value());
  EXPECT_TRUE(journal::prove_receipt(*receipt, key_).has_value());

  const auto erased = erase();
  ASSERT_TRUE(erased.has_value());
  EXPECT_EQ(erased->entries, 3U);
  auto rows = std::move(spine_.read().value());
  for (const std::uint64_t sequence : {1, 2, 3}) {
    const auto stored = rows->find_entry(sequence).value();
    EXPECT_FALSE(stored->parts[1].has_value()) << sequence;
    EXPECT_TRUE(stored->parts[0] && stored->parts[2]) << sequence << ": nothing else is forgotten";
  }
  const auto own = rows->find_entry(4).value();
  EXPECT_EQ(own->entry.act, erased->act);
  EXPECT_EQ(own->parts[1]->body, journal::encode_fields({})) << "it names nobody";
  const auto officer = *journal::parse_fields(own->parts[2]->body);
  EXPECT_EQ(journal::text(officer, "act"), "erase_person");
  EXPECT_EQ(journal::text(officer, "erased"), "3");

  const auto after = journal::verify_journal(*rows, {key_, before.checkpoint_note}).value();
  for (const auto& finding : after.findings) ADD_FAILURE() << finding.code << " " << finding.detail;
  EXPECT_EQ(after.erased_parts, 3U);
  EXPECT_TRUE(journal::prove_receipt(*receipt, key_).has_value()) << "whoever kept a receipt can still prove";
  const auto later = journal::make_receipt(*rows, {kAct, true}, key_);
  ASSERT_TRUE(later.has_value());
  EXPECT_FALSE(later->entries[0].parts[1].has_value());
  EXPECT_TRUE(journal::prove_receipt(*later, key_).has_value()) << "and a later one what is left";
}

TEST_F(EraseTest, IsRefusedWhileACertificateIsInForce) {
  issue(kAct, kSerial);
  const auto erased = erase();
  ASSERT_FALSE(erased.has_value());
  EXPECT_EQ(erased.error().code, "erase_certificate_in_force");
  EXPECT_EQ(erased.error().parameter("serial"), "0A01");
  EXPECT_EQ(verify().entries, 3U) << "and nothing was recorded";
  EXPECT_EQ(verify().erased_parts, 0U);
}

TEST_F(EraseTest, NothingIsErasedTwice) {
  EXPECT_EQ(erase().error().code, "erase_nothing_left");
  issue(kAct, kSerial);
  revoke(kSerial);
  EXPECT_TRUE(erase().has_value());
  EXPECT_EQ(erase().error().code, "erase_nothing_left");
}

}  // namespace
}  // namespace shomei
