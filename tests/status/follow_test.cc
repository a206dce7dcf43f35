// A follower over a real store: it applies what is recorded, at once; and when the past has been changed, it
// stops and vouches for nothing.
#include "status/follow.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "crypto/random.h"
#include "store/sqlite/engine.h"
#include "tests/support/small_authority.h"

namespace shomei::status {
namespace {

journal::VerifierKey key_of(const crypto::Signer& signer, std::string_view name = "follow.example") {
  return *journal::parse_verifier_key(journal::encode_verifier_key(name, signer.public_key()));
}

class FollowTest : public testing::Test {
 protected:
  FollowTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        engine_(store::SqliteEngine::open(store_path(), store::OpenMode::create).value()),
        spine_(*engine_, *signer_, clock_, "follow.example"),
        authority_("signature-1", "Small Authority", crypto::PrivateKey::generate(crypto::KeyType::ec_p256)) {
    add(authority_.added(crypto::ordered_identifier<ActId>()));
  }

  std::filesystem::path store_path() const { return folder_.path() / "store.sqlite"; }
  void add(const journal::Draft& draft) { ASSERT_TRUE(test::append(spine_, draft)); }
  void issue(const pki::SerialNumber& serial) {
    const auto act = crypto::ordered_identifier<ActId>();
    add(authority_.intent(act, serial));
    add(authority_.result(act, authority_.sign(serial)));
  }
  void revoke(const pki::SerialNumber& serial) {
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    draft.status = {journal::CertificateRevoked{"signature-1", serial, clock_.now(),
                                                pki::RevocationReason::affiliation_changed, std::nullopt}};
    add(draft);
  }
  std::optional<State> state(const pki::SerialNumber& serial) const {
    const auto standing = list_.find(*list_.find_authority("signature-1"), serial);
    return standing ? std::optional{standing->state} : std::nullopt;
  }
  // What only somebody with the file in hands can do: the store itself refuses to change the past.
  void sql(const std::string& text) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(store_path().c_str(), &database), SQLITE_OK);
    const std::string all =
        "DROP TRIGGER IF EXISTS journal_is_never_updated; DROP TRIGGER IF EXISTS journal_is_never_deleted;" +
        text;
    EXPECT_EQ(sqlite3_exec(database, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  test::TemporaryFolder folder_;
  test::SystemClock clock_;
  std::unique_ptr<crypto::Signer> signer_;
  std::unique_ptr<store::SqliteEngine> engine_;
  journal::Journal spine_;
  test::SmallAuthority authority_;
  StatusList list_;
  Follower follower_{*engine_, list_, clock_, key_of(*signer_)};
  pki::SerialNumber serial_ = *pki::SerialNumber::parse_hex("0A0B0C0D0E");
};

TEST_F(FollowTest, WhatIsRecordedIsInTheListAtTheNextLook) {
  issue(serial_);
  ASSERT_TRUE(follower_.catch_up());
  EXPECT_EQ(state(serial_), State::valid);
  EXPECT_EQ(follower_.next(), 3U);
  revoke(serial_);
  EXPECT_EQ(state(serial_), State::valid);
  ASSERT_TRUE(follower_.catch_up());
  EXPECT_EQ(state(serial_), State::revoked);
}

TEST_F(FollowTest, AnIntentAloneMakesNoCertificateKnown) {
  add(authority_.intent(crypto::ordered_identifier<ActId>(), serial_));
  ASSERT_TRUE(follower_.catch_up());
  EXPECT_EQ(state(serial_), std::nullopt);
}

TEST_F(FollowTest, AChangedStatusPartStopsItForGood) {
  issue(serial_);
  revoke(serial_);
  sql("UPDATE journal SET status_body = x'3000' WHERE sequence = 3");
  EXPECT_EQ(follower_.catch_up().error().code, "status_part_untrue");
  EXPECT_EQ(follower_.catch_up().error().code, "status_part_untrue") << "a second look does not heal it";
  EXPECT_EQ(list_.current_at(), std::nullopt) << "nothing is vouched for: the responder says tryLater";
}

TEST_F(FollowTest, AMissingStatusPartStopsItToo) {
  issue(serial_);
  sql("UPDATE journal SET status_salt = NULL, status_body = NULL WHERE sequence = 2");
  EXPECT_EQ(follower_.catch_up().error().code, "status_part_untrue");
}

TEST_F(FollowTest, AJournalThatWasSetBackIsNotFollowed) {
  issue(serial_);
  ASSERT_TRUE(follower_.catch_up());
  sql("DELETE FROM journal WHERE sequence = 2; UPDATE head SET size = 2");
  EXPECT_EQ(follower_.catch_up().error().code, "status_journal_shrank");
  EXPECT_EQ(list_.distrusted()->code, "status_journal_shrank");
  EXPECT_EQ(list_.current_at(), std::nullopt) << "what was known before is not vouched for any longer either";
}

TEST_F(FollowTest, AnEntryThatIsNoPartOfTheSignedTreeIsNeverShown) {
  issue(serial_);
  revoke(serial_);
  // Another salt, and the commitment to it: by itself the entry is sound.
  journal::StoredEntry stored;
  {
    const auto rows = *engine_->begin(journal::Access::read);
    stored = **rows->find_entry(3);
  }
  stored.parts[0]->salt[0] ^= 1;
  stored.entry.commitments[0] = journal::commit(journal::PartKind::status, *stored.parts[0]);
  sql("UPDATE journal SET status_salt = x'" + to_hex(stored.parts[0]->salt) + "', entry = x'" +
      to_hex(journal::encode_entry(stored.entry)) + "' WHERE sequence = 3");
  EXPECT_EQ(follower_.catch_up().error().code, "status_root_differs");
  EXPECT_EQ(list_.size(), 0U) << "nothing of what came with it was applied";
}

TEST_F(FollowTest, AnotherKeyOrAnotherNameVouchesForNothing) {
  issue(serial_);
  const auto stranger = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  for (const auto& key : {key_of(*stranger), key_of(*signer_, "other.example")}) {
    StatusList list;
    Follower follower(*engine_, list, clock_, key);
    EXPECT_FALSE(follower.catch_up());
    EXPECT_EQ(list.size(), 0U);
    EXPECT_TRUE(list.distrusted());
  }
}

TEST_F(FollowTest, TellsWhatAnEntryChangedOnceItShows) {
  std::vector<std::uint64_t> told;
  StatusList list;
  Follower follower(
      *engine_, list, clock_, key_of(*signer_), [&](const journal::Entry& entry, const auto& changes) {
        told.push_back(entry.sequence);
        if (std::holds_alternative<journal::CertificateRevoked>(changes.at(0))) {
          EXPECT_EQ(list.find(*list.find_authority("signature-1"), serial_)->state, State::revoked);
        }
      });
  issue(serial_);
  revoke(serial_);
  ASSERT_TRUE(follower.catch_up());
  EXPECT_EQ(told, (std::vector<std::uint64_t>{0, 1, 2, 3}));
  EXPECT_EQ(follower.head(), 4U);
}

// A journal of some thousands of acts, so that what is read is proven and shown in several steps.
TEST_F(FollowTest, ALongWayIsCaughtUpInStepsThatAreEachProven) {
  auto transaction = *spine_.begin();
  const auto number = [](unsigned n) {
    return *pki::SerialNumber::of_magnitude(Bytes{9, static_cast<std::uint8_t>(n >> 16),
                                                  static_cast<std::uint8_t>(n >> 8),
                                                  static_cast<std::uint8_t>(n)});
  };
  constexpr unsigned kCertificates = 45'000;
  for (unsigned n = 0; n < kCertificates; n += 500) {
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    for (unsigned i = n; i < n + 500; ++i)
      draft.status.push_back(journal::CertificateIssued{
          "signature-1", number(i), clock_.now(), clock_.now() + std::chrono::days(9), "13225", {}});
    ASSERT_TRUE(transaction.append(draft));
  }
  ASSERT_TRUE(transaction.commit());
  ASSERT_TRUE(follower_.catch_up());
  EXPECT_EQ(list_.size(), kCertificates);
  for (unsigned n = 0; n < kCertificates; n += 777) EXPECT_EQ(state(number(n)), State::valid);
}

TEST_F(FollowTest, GoesOnFromWhereASnapshotStands) {
  issue(serial_);
  const auto standstill = follower_.stand_still();
  ASSERT_TRUE(standstill);
  revoke(serial_);
  StatusList list;
  Follower follower(*engine_, list, clock_, key_of(*signer_));
  ASSERT_TRUE(list.take(standstill->contents));
  ASSERT_TRUE(follower.resume(standstill->position));
  EXPECT_EQ(follower.next(), 3U);
  EXPECT_EQ(list.current_at(), std::nullopt) << "nothing is vouched for before the journal was asked";
  ASSERT_TRUE(follower.catch_up());
  EXPECT_EQ(list.find(*list.find_authority("signature-1"), serial_)->state, State::revoked);
}

TEST_F(FollowTest, ASnapshotOfAnotherHistoryIsNotGoneOnFrom) {
  issue(serial_);
  auto standstill = *follower_.stand_still();
  StatusList list;
  Follower follower(*engine_, list, clock_, key_of(*signer_));
  auto other = standstill.position;
  other.peaks.at(0)[0] ^= 1;
  EXPECT_EQ(follower.resume(other).error().code, "status_root_differs");
  ASSERT_TRUE(follower.resume(standstill.position));
  // The journal is another one now, longer, and signed by the same key.
  const auto engine = *store::SqliteEngine::open(folder_.path() / "fork.sqlite", store::OpenMode::create);
  journal::Journal fork(*engine, *signer_, clock_, "follow.example");
  for (int i = 0; i < 6; ++i) {
    journal::Draft draft{.act = crypto::ordered_identifier<ActId>()};
    ASSERT_TRUE(test::append(fork, draft));
  }
  Follower on_fork(*engine, list, clock_, key_of(*signer_));
  ASSERT_TRUE(on_fork.resume(standstill.position));
  EXPECT_EQ(on_fork.catch_up().error().code, "status_root_differs");
  EXPECT_TRUE(list.distrusted());
}

}  // namespace
}  // namespace shomei::status
