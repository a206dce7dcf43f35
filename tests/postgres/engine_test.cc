#include <gtest/gtest.h>

#include "store/engine_suite_of_acts.h"
#include "store/engine_suite_of_contents.h"
#include "store/engine_suite_of_processes.h"
#include "tests/postgres/opened.h"

namespace shomei::store {
namespace {

struct PostgresStore {
  using Place = FreshStore;
  static Result<std::unique_ptr<journal::Engine>> open_as(const FreshStore& place, OpenMode mode) {
    SHOMEI_TRY(auto engine, PostgresEngine::open(place.address(), mode));
    return std::unique_ptr<journal::Engine>(std::move(engine));
  }
  static Result<std::unique_ptr<journal::Engine>> open(const FreshStore& place) {
    return open_as(place, OpenMode::create);
  }
  static Result<std::unique_ptr<journal::Engine>> open_read_only(const FreshStore& place) {
    return open_as(place, OpenMode::read_only);
  }
  static void pretend_newer(const FreshStore& place) { place.run("UPDATE shomei_form SET version = 99"); }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuite, PostgresStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuiteOfActs, PostgresStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuiteOfContents, PostgresStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, EngineSuiteOfProcesses, PostgresStore);

journal::CertificateRecord numbered(int number, CertificateState state) {
  auto c = suite::certificate("0A", state);
  c.serial = *pki::SerialNumber::of_magnitude(
      Bytes{7, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)});
  c.resident = suite::id<ResidentId>("resident-" + std::to_string(number));
  c.key = crypto::sha256(c.serial.magnitude());
  return c;
}

// More than is read at once.
TEST(PostgresEngine, LongListsComeWholeAndInOrder) {
  constexpr int kRevoked = 2300, kEntries = 300;
  const FreshStore store;
  const auto engine = opened(store.address());
  auto rows = std::move(engine->begin(Access::write).value());
  for (int i = kRevoked; i-- > 0;)
    ASSERT_TRUE(rows->insert(numbered(i, CertificateState::revoked)).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  rows.reset();
  {
    const Spine spine(*engine);
    auto transaction = std::move(spine.journal.begin().value());
    for (int i = 0; i < kEntries; ++i)
      ASSERT_TRUE(transaction.append({.act = suite::id<ActId>("act-number-one")}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  rows = std::move(engine->begin(Access::read).value());
  int seen = 0;
  ASSERT_TRUE(rows->each_revoked("signature-1",
                                 [&](const auto& c) {
                                   EXPECT_EQ(c.serial, numbered(seen++, CertificateState::revoked).serial);
                                 })
                  .has_value());
  EXPECT_EQ(seen, kRevoked);
  std::uint64_t next = 0;
  ASSERT_TRUE(rows->each_entry(0, {true, true, true},
                               [&](const auto& stored) {
                                 EXPECT_EQ(stored.entry.sequence, next++);
                                 return true;
                               })
                  .has_value());
  EXPECT_EQ(next, static_cast<std::uint64_t>(kEntries));
}

// Counted, not timed: nothing that acts ask may walk through a table, also while the server has not counted
// its rows.
TEST(PostgresEngine, FrequentQuestionsUseTheirIndexes) {
  const FreshStore store;
  {
    const auto engine = opened(store.address());
    auto rows = std::move(engine->begin(Access::write).value());
    const auto c = numbered(999, CertificateState::valid);
    ASSERT_TRUE(rows->insert(suite::resident("resident-first")).has_value());
    ASSERT_TRUE(rows->insert(c).has_value());
    ASSERT_TRUE(rows->insert(journal::RequestRecord{suite::id<RequestId>("request-first"), c.act, {}, {}})
                    .has_value());
    ASSERT_TRUE(rows->commit().has_value());
    const Spine spine(*engine);
    ASSERT_TRUE(spine.act("first-one").has_value());
  }
  store.run("ANALYZE");
  const std::string walks =
      "SELECT coalesce(string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname), '') FROM "
      "pg_stat_user_tables WHERE"
      " schemaname = current_schema() AND relname IN ('certificate', 'certificate_state', 'certificate_der', "
      "'request',"
      " 'journal', 'private_part', 'entry_about', 'tile', 'resident', 'card', 'blocked_key')";
  const auto before = store.run(walks);
  {
    const auto engine = opened(store.address());
    auto rows = std::move(engine->begin(Access::write).value());
    for (int i = 0; i < 100; ++i) {
      const auto name = std::to_string(i);
      auto c = numbered(i, CertificateState::reserved);
      ASSERT_TRUE(rows->begin_act().has_value());
      ASSERT_TRUE(rows->insert(journal::RequestRecord{suite::id<RequestId>("request-" + name), c.act, {}, {}})
                      .has_value());
      ASSERT_TRUE(rows->insert(c).has_value());
      ASSERT_TRUE(rows->insert(suite::resident("resident-" + name)).has_value());
      c.state = CertificateState::valid;
      c.der = Bytes{0x30, 0x00};
      ASSERT_TRUE(rows->update(c, CertificateState::reserved).has_value());
      ASSERT_TRUE(rows->end_act().has_value());
      ASSERT_TRUE(rows->put_tile(0, static_cast<std::uint64_t>(i + 1), Bytes(32, 1)).has_value());
    }
    const auto one = numbered(1, CertificateState::reserved);
    EXPECT_EQ(rows->certificates_of(one.resident).value().size(), 1U);
    EXPECT_EQ(rows->find_certificates(one.serial).value().size(), 1U);
    EXPECT_EQ(rows->certificates_of_office(one.office, {.after = "", .count = 3}).value().size(), 3U);
    EXPECT_TRUE(rows->key_used(one.key).value());
    EXPECT_FALSE(rows->find_blocked_key(one.key).value());
    EXPECT_TRUE(rows->certificates_in_state(CertificateState::reserved).value().empty());
    EXPECT_EQ(rows->undelivered().value().size(), 101U);
    EXPECT_TRUE(rows->find_request(suite::id<RequestId>("request-7")).value());
    EXPECT_TRUE(rows->find_resident(one.resident).value());
    EXPECT_TRUE(rows->cards_of(one.resident).value().empty());
    EXPECT_TRUE(rows->entries_of_act(one.act).value().empty());
    EXPECT_TRUE(rows->entries_of_resident(one.resident).value().empty());
    EXPECT_TRUE(rows->each_entry(0, {true, true, true}, [](const auto&) { return true; }).has_value());
    EXPECT_EQ(rows->list_residents({.after = "", .count = 5}).value().size(), 5U);
    ASSERT_TRUE(rows->commit().has_value());
  }
  // A session tells its counts when it ends, at the latest; it ends a little after its client.
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  EXPECT_EQ(store.run(walks), before);
}

}  // namespace
}  // namespace shomei::store
