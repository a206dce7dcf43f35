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
  Follower follower_{*engine_, list_, clock_};
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
}

}  // namespace
}  // namespace shomei::status
