// A database that is filled by COPY holds what acts put into it row by row.
#include "store/postgres/filling.h"

#include <array>

#include "tests/postgres/opened.h"

namespace shomei::store {
namespace {

using journal::CertificateState;
using journal::Phase;

constexpr std::array kTables{"resident",        "card",    "certificate",  "certificate_state",
                             "certificate_der", "request", "journal",      "private_part",
                             "entry_about",     "tile",    "serial_space", "authority"};

journal::StoredEntry entry(std::uint64_t sequence, const ActId& act, Phase phase, bool with_person) {
  journal::StoredEntry stored;
  stored.entry.sequence = sequence;
  stored.entry.recorded_at = InstantMs{std::chrono::milliseconds{1'795'305'600'000}};
  stored.entry.act = act;
  stored.entry.phase = phase;
  stored.parts = {journal::Part{{1}, Bytes(9, 1)}, journal::Part{{2}, Bytes(3000, 2)},
                  journal::Part{{3}, {}}};
  if (!with_person) stored.parts[1].reset();
  return stored;
}

struct Content {
  std::vector<residents::Resident> residents{suite::full_resident(), suite::resident("resident-one")};
  std::vector<residents::CardRecord> cards;
  std::vector<FilledIssue> issues;
  std::vector<journal::TreeEdge::Tile> tiles{
      {0, 0, Bytes(8192, 7)}, {0, 1, Bytes(64, 8)}, {1, 0, Bytes(32, 9)}};
  journal::Head head{6, InstantMs{std::chrono::milliseconds{1'795'305'600'000}}, "a note"};

  Content() {
    residents::CardRecord card;
    card.id = suite::id<CardId>("card-number-one");
    card.holder = residents.back().id;
    card.valid_until = suite::day("2034-05-05");
    cards.push_back(card);
    issues.push_back(issue("0A01", "space-a", 0, true));
    issues.push_back(issue("0B0000000000000002", "space-b", 3, false));
    issues.back().certificate.predecessor = suite::serial("0A01");
  }

  static FilledIssue issue(std::string_view serial, std::string space, std::uint64_t sequence, bool whole) {
    FilledIssue issue;
    auto& c = issue.certificate = suite::certificate(serial, CertificateState::valid, std::move(space));
    c.delivered = true;
    c.der = Bytes(1500, 0x30);
    c.key = crypto::sha256(c.serial.magnitude());
    c.act = suite::id<ActId>("act-number-" + std::to_string(sequence));
    issue.request = {suite::id<RequestId>("request-" + std::to_string(sequence)), c.act, c.key, Bytes(5, 4)};
    issue.entries = {entry(sequence, c.act, Phase::intent, whole),
                     entry(sequence + 1, c.act, Phase::result, whole),
                     entry(sequence + 2, c.act, Phase::confirmation, whole)};
    return issue;
  }
};

Result<void> put_by_rows(journal::Engine& engine, const Content& content) {
  SHOMEI_TRY(const auto rows, engine.begin(journal::Access::write));
  SHOMEI_CHECK(rows->begin_act());
  for (const auto& resident : content.residents) SHOMEI_CHECK(rows->insert(resident));
  for (const auto& card : content.cards) SHOMEI_CHECK(rows->insert(card));
  for (const auto& issue : content.issues) {
    SHOMEI_CHECK(rows->insert(issue.request));
    SHOMEI_CHECK(rows->insert(issue.certificate));
    for (const auto& stored : issue.entries) SHOMEI_CHECK(rows->put_entry(stored, {}));
  }
  SHOMEI_CHECK(rows->end_act());
  for (const auto& tile : content.tiles) SHOMEI_CHECK(rows->put_tile(tile.level, tile.index, tile.hashes));
  SHOMEI_CHECK(rows->put_head(content.head));
  return rows->commit();
}

Result<void> put_by_copy(const std::string& address, const Content& content) {
  SHOMEI_TRY(auto parsed, postgres::Address::parse(address));
  SHOMEI_TRY(const auto filling, postgres::fill_database(std::move(parsed)));
  SHOMEI_CHECK(filling->put_residents(content.residents));
  SHOMEI_CHECK(filling->put_cards(content.cards));
  SHOMEI_CHECK(filling->put_issues(content.issues));
  SHOMEI_CHECK(filling->put_tiles(content.tiles));
  return filling->finish(content.head);
}

std::string all_of_table(const FreshStore& store, const std::string& table) {
  return store.run("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM " + table + " AS t");
}

// Without the name of the schema, which is each store's own.
std::string indexes_of(const FreshStore& store) {
  return store.run(
      "SELECT string_agg(replace(indexdef, current_schema() || '.', ''), E'\\n' ORDER BY indexname) FROM "
      "pg_indexes"
      " WHERE schemaname = current_schema()");
}

TEST(PostgresFilling, LeavesTheRowsAndIndexesThatActsLeave) {
  const FreshStore by_rows, by_copy;
  const Content content;
  const auto engine = opened(by_rows.address()), filled = opened(by_copy.address());
  const std::string indexes = indexes_of(by_copy);
  const auto rows_put = put_by_rows(*engine, content), copied = put_by_copy(by_copy.address(), content);
  ASSERT_TRUE(rows_put) << rows_put.error().parameter("what");
  ASSERT_TRUE(copied) << copied.error().parameter("what");
  for (const std::string table : kTables)
    EXPECT_EQ(all_of_table(by_copy, table), all_of_table(by_rows, table)) << table;
  const std::string head =
      "SELECT (size, last_recorded_at, checkpoint, certificates, repairs)::text FROM head";
  EXPECT_EQ(by_copy.run(head), by_rows.run(head));
  EXPECT_NE(all_of_table(by_copy, "certificate"), "");
  EXPECT_EQ(indexes_of(by_copy), indexes);
  EXPECT_EQ(indexes_of(by_copy), indexes_of(by_rows));
}

TEST(PostgresFilling, IsThereWholeOrNotAtAll) {
  const FreshStore store;
  const auto engine = opened(store.address());
  const std::string indexes = indexes_of(store);
  {
    auto filling = postgres::fill_database(*postgres::Address::parse(store.address()));
    ASSERT_TRUE(filling) << filling.error().parameter("what");
    ASSERT_TRUE((*filling)->put_residents(Content().residents));
  }
  EXPECT_EQ(store.run("SELECT count(*) FROM resident"), "0");
  EXPECT_EQ(indexes_of(store), indexes);
}

// As acts are not written there either.
TEST(PostgresFilling, AServerThatForgetsCommitsOrTakesNoneIsRefused) {
  const FreshStore store;
  opened(store.address());
  const auto code_with = [&](const std::string& setting) {
    const auto address = Server::shared().address("postgres") + " options='-csearch_path=" + store.schema() +
                         " -c" + setting + "'";
    const auto filling = postgres::fill_database(*postgres::Address::parse(address));
    return filling ? std::string("opened") : std::string(filling.error().code);
  };
  EXPECT_EQ(code_with("synchronous_commit=off"), "store_server_unfit");
  EXPECT_EQ(code_with("default_transaction_read_only=on"), "store_standby");
  EXPECT_EQ(code_with("synchronous_commit=local"), "opened");
}

TEST(PostgresFilling, OfSeveralHostsTheOneThatTakesWritesIsFilled) {
  const FreshStore store;
  opened(store.address());
  const Server reader("default_transaction_read_only = on\n");
  const auto& writer = Server::shared();
  const auto address = "host=" + reader.socket() + "," + writer.socket() +
                       " port=" + std::to_string(reader.port()) + "," + std::to_string(writer.port()) +
                       " user=shomei dbname=postgres options=-csearch_path=" + store.schema();
  const auto copied = put_by_copy(address, Content());
  ASSERT_TRUE(copied) << copied.error().code << " " << copied.error().parameter("what");
  EXPECT_EQ(store.run("SELECT count(*) FROM certificate"), "2");
}

// What is filled in twice is found by the indexes that are built behind the rows.
TEST(PostgresFilling, ASerialNumberThatIsThereEndsIt) {
  const FreshStore store;
  const auto engine = opened(store.address());
  Content content;
  ASSERT_TRUE(put_by_copy(store.address(), content));
  content.residents.clear();
  content.cards.clear();
  content.tiles.clear();
  for (auto& issue : content.issues) {
    issue.request.request = suite::id<RequestId>("again-" + issue.request.request.text());
    for (auto& stored : issue.entries) stored.entry.sequence += 6;
  }
  EXPECT_FALSE(put_by_copy(store.address(), content));
  EXPECT_EQ(store.run("SELECT count(*) FROM certificate"), "2");
}

TEST(PostgresFilling, GoesOnFromWhatIsThereAndIsGoneOnWith) {
  const FreshStore store;
  const auto engine = opened(store.address());
  const Spine spine(*engine);
  ASSERT_TRUE(spine.act("before"));
  auto filling = postgres::fill_database(*postgres::Address::parse(store.address()));
  ASSERT_TRUE(filling);
  auto head = (*filling)->head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, 1U);
  EXPECT_EQ((*filling)->tile(0, 0).value().value().size(), 32U);
  EXPECT_FALSE((*filling)->tile(0, 1).value());
  ASSERT_TRUE((*filling)->put_residents(Content().residents));
  ASSERT_TRUE((*filling)->finish(*head));
  ASSERT_TRUE(spine.act("behind"));
  EXPECT_TRUE(spine.verify().holds());
}

}  // namespace
}  // namespace shomei::store
