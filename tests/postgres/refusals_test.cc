#include <atomic>
#include <fstream>
#include <thread>

#include "tests/postgres/opened.h"

namespace shomei::store {
namespace {

using journal::Access;

std::string with_setting(const FreshStore& store, const std::string& setting) {
  return Server::shared().address("postgres") + " options='-csearch_path=" + store.schema() + " -c" +
         setting + "'";
}

TEST(PostgresEngine, AMissingStoreIsNotMadeByAccident) {
  const FreshStore store;
  for (auto mode : {OpenMode::existing, OpenMode::read_only})
    EXPECT_EQ(code_of(PostgresEngine::open(store.address(), mode)), "store_missing");
  EXPECT_EQ(store.run("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"), "0");
}

TEST(PostgresEngine, TheTablesOfOthersAreRefused) {
  const FreshStore recipes, other;
  recipes.run("CREATE TABLE recipe (name text)");
  EXPECT_EQ(code_of(PostgresEngine::open(recipes.address(), OpenMode::create)), "store_foreign");
  opened(other.address());
  other.run("UPDATE shomei_form SET application = 'another'");
  EXPECT_EQ(code_of(PostgresEngine::open(other.address(), OpenMode::existing)), "store_foreign");
}

TEST(PostgresEngine, ThoseWhoOpenAtTheSameTimeMakeItOnce) {
  const FreshStore store;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { opened(store.address()); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(store.run("SELECT count(*) FROM head"), "1");
}

TEST(PostgresEngine, WhatIsMadeForAHomeIsMadeOnceAndTakenBackWhole) {
  const FreshStore store;
  const auto address = postgres::Address::parse(store.address()).value();
  std::atomic<int> made = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const auto making = PostgresEngine::make(address);
      if (!making) EXPECT_EQ(making.error().code, "store_exists");
      ++(making ? made : refused);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 3);
  EXPECT_EQ(code_of(PostgresEngine::open(store.address(), OpenMode::existing)), "opened");
  ASSERT_TRUE(PostgresEngine::unmake(address));
  for (const char* left :
       {"pg_class WHERE relnamespace", "pg_proc WHERE pronamespace", "pg_type WHERE typnamespace"})
    EXPECT_EQ(store.run(std::string("SELECT count(*) FROM ") + left + " = current_schema()::regnamespace"),
              "0")
        << left;
  EXPECT_TRUE(PostgresEngine::make(address));

  const FreshStore recipes;
  recipes.run("CREATE TABLE recipe (name text)");
  const auto foreign = postgres::Address::parse(recipes.address()).value();
  EXPECT_EQ(PostgresEngine::make(foreign).error().code, "store_foreign");
  EXPECT_EQ(PostgresEngine::unmake(foreign).error().code, "store_foreign");
  EXPECT_EQ(recipes.run("SELECT count(*) FROM recipe"), "0");
}

TEST(PostgresEngine, AServerThatForgetsCommitsIsRefused) {
  const FreshStore store;
  const auto refusal = PostgresEngine::open(with_setting(store, "synchronous_commit=off"), OpenMode::create);
  ASSERT_EQ(code_of(refusal), "store_server_unfit");
  EXPECT_EQ(refusal.error().parameter("what"), "synchronous_commit = off");
  EXPECT_EQ(code_of(PostgresEngine::open(with_setting(store, "synchronous_commit=local"), OpenMode::create)),
            "opened");
  // Whoever only reads does not need it to remember.
  EXPECT_EQ(code_of(PostgresEngine::open(with_setting(store, "synchronous_commit=off"), OpenMode::read_only)),
            "opened");
  Server::shared().run("CREATE DATABASE bytes_only ENCODING 'SQL_ASCII' TEMPLATE template0");
  EXPECT_EQ(code_of(PostgresEngine::open(Server::shared().address("bytes_only"), OpenMode::create)),
            "store_server_unfit");
}

TEST(PostgresEngine, AServerThatTakesNoWritesIsReadAndNotWritten) {
  const FreshStore store;
  opened(store.address());
  const auto standby = with_setting(store, "default_transaction_read_only=on");
  const auto refusal = PostgresEngine::open(standby, OpenMode::existing);
  ASSERT_EQ(code_of(refusal), "store_standby");
  EXPECT_EQ(refusal.error().parameter("what"), "default_transaction_read_only = on");
  const auto reader = opened(standby, OpenMode::read_only);
  EXPECT_EQ(reader->begin(Access::read).value()->journal_size().value(), 0U);
}

TEST(PostgresEngine, OfSeveralHostsTheOneThatAnswersIsTaken) {
  const FreshStore store;
  const auto port = std::to_string(Server::shared().port());
  opened("host=/nowhere," + Server::shared().socket() + " port=" + port + "," + port +
         " user=shomei dbname=postgres options=-csearch_path=" + store.schema());
}

// The password is in the address, and an error names the address.
TEST(PostgresEngine, NoErrorTellsThePassword) {
  Server::shared().run("CREATE ROLE keyholder LOGIN PASSWORD 'right-secret'");
  const auto port = std::to_string(Server::shared().port());
  const std::string place = "127.0.0.1:" + port + "/postgres";
  const std::vector<std::string> addresses{
      "postgresql://keyholder:wrong-secret@" + place,
      "host=127.0.0.1 port=" + port + " user=keyholder password=wrong-secret dbname=postgres",
      "host=127.0.0.1 password=wrong-secret wrong-secret", "postgresql://a:wrong-secret@[::1/x",
      "postgresql://keyholder:wrong-secret@" + place + "?connect_timeout=wrong-secret",
      // A name that is refused is quoted by the server.
      "postgresql://keyholder:right-secret@127.0.0.1:" + port + "/right-secret"};
  for (const auto& address : addresses) {
    const auto engine = PostgresEngine::open(address, OpenMode::create);
    ASSERT_FALSE(engine.has_value()) << address;
    EXPECT_TRUE(engine.error().code == "store_unavailable" || engine.error().code == "store_url_form");
    for (const auto& p : engine.error().parameters)
      EXPECT_EQ(p.name == "path" ? p.value.find("wrong-secret") : p.value.find("secret"), std::string::npos)
          << p.value;
  }
}

TEST(PostgresEngine, TheJournalCannotBeRewrittenBySlip) {
  const FreshStore store;
  opened(store.address());
  EXPECT_EQ(store.run("INSERT INTO journal VALUES (0, 'act-number-one', '\\x00', NULL, NULL)"), "");
  EXPECT_EQ(store.run("INSERT INTO tile VALUES (0, decode(repeat('00', 32), 'hex'))"), "");
  EXPECT_EQ(store.run("UPDATE tile SET hashes = decode(repeat('00', 64), 'hex')"), "");
  for (const char* slip :
       {"UPDATE journal SET act = 'act-number-two'", "DELETE FROM journal", "TRUNCATE journal",
        "DELETE FROM tile", "TRUNCATE tile", "UPDATE tile SET hashes = decode(repeat('00', 32), 'hex')",
        "UPDATE tile SET hashes = decode(repeat('01', 96), 'hex')", "UPDATE tile SET number = 1"})
    EXPECT_NE(store.run(slip).find("append-only"), std::string::npos) << slip;
}

TEST(PostgresEngine, ARowThatHoldsWhatWasNeverPutThereIsToldApart) {
  const FreshStore store;
  const auto engine = opened(store.address());
  auto rows = std::move(engine->begin(Access::write).value());
  ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
  ASSERT_TRUE(rows->insert(suite::certificate("0A", journal::CertificateState::valid)).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  for (auto change : {"gender = 'none'", "born = '1990-02-30'", "status = ''"}) {
    store.run(std::string("UPDATE resident SET gender = 'male', born = '1990-01-01', status = 'japanese'; "
                          "UPDATE resident SET ") +
              change);
    rows = std::move(engine->begin(Access::read).value());
    EXPECT_EQ(rows->find_resident(suite::id<ResidentId>("resident-one")).error().code, "store_row_broken")
        << change;
  }
  for (auto change : {"carrier = 'stone'", "serial_space = 77", "kind = ''", "act = 'x'"}) {
    store.run(std::string("UPDATE certificate SET carrier = 'card', serial_space = 1, kind = 'signature', "
                          "act = 'act-number-one';"
                          " UPDATE certificate SET ") +
              change);
    rows = std::move(engine->begin(Access::read).value());
    EXPECT_EQ(rows->find_certificates(suite::serial("0A")).error().code, "store_row_broken") << change;
  }
}

std::string roles_sql() {
  std::ifstream file(SHOMEI_SOURCE "/src/store/migrations/postgres/roles.sql");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string address_of_user(const FreshStore& store, const std::string& user, const std::string& role) {
  Server::shared().run("CREATE ROLE " + user + " LOGIN");
  EXPECT_EQ(store.run("GRANT " + role + " TO " + user + "; GRANT USAGE ON SCHEMA " + store.schema() + " TO " +
                      user),
            "");
  return store.address() + " user=" + user;
}

TEST(PostgresRoles, AStatusNodeReadsTheJournalAndNothingOfPersons) {
  const FreshStore store;
  const auto engine = opened(store.address());
  const Spine spine(*engine);
  ASSERT_TRUE(spine.act("one").has_value());
  ASSERT_EQ(store.run(roles_sql()), "");
  const auto node = opened(address_of_user(store, "status_node", "shomei_status"), OpenMode::read_only);
  int entries = 0;
  auto rows = std::move(node->begin(Access::read).value());
  ASSERT_TRUE(rows->each_entry(0, {true, false, false},
                               [&](const auto& stored) {
                                 entries += stored.parts[0] ? 1 : 0;
                                 return true;
                               })
                  .has_value());
  EXPECT_EQ(entries, 1);
  EXPECT_TRUE(rows->tile(0, 0).value().has_value());
  EXPECT_TRUE(rows->list_authorities().has_value());
  const auto expect_denied = [&](auto ask) {
    rows = std::move(node->begin(Access::read).value());
    const auto answer = ask(*rows);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "store_unavailable");
    EXPECT_NE(answer.error().parameter("what").find("permission denied"), std::string::npos);
  };
  expect_denied([](auto& r) { return r.find_entry(0); });
  expect_denied([](auto& r) { return r.find_resident(suite::id<ResidentId>("resident-one")); });
  expect_denied([](auto& r) { return r.cards_of(suite::id<ResidentId>("resident-one")); });
  expect_denied([](auto& r) { return r.find_certificates(suite::serial("0A")); });
  expect_denied([](auto& r) { return r.find_request(suite::id<RequestId>("request-one")); });
  expect_denied([](auto& r) { return r.entries_of_resident(suite::id<ResidentId>("resident-one")); });
}

TEST(PostgresRoles, WhoMakesActsCannotRewriteThem) {
  const FreshStore store;
  opened(store.address());
  ASSERT_EQ(store.run(roles_sql()), "");
  const auto address = address_of_user(store, "acts_node", "shomei_acts");
  const auto engine = opened(address, OpenMode::existing);
  {
    const auto alone = engine->hold_acts(journal::Hold::alone);
    ASSERT_TRUE(alone.has_value() && *alone);
  }
  const auto hold = engine->hold_acts(journal::Hold::shared);
  const Spine spine(*engine);
  ASSERT_TRUE(spine.act("one").has_value());
  ASSERT_TRUE(spine.act("two").has_value());
  auto rows = std::move(engine->begin(Access::write).value());
  auto c = suite::certificate("0A", journal::CertificateState::reserved);
  ASSERT_TRUE(rows->insert(c).has_value());
  c.state = journal::CertificateState::valid;
  c.der = Bytes{0x30, 0x00};
  ASSERT_TRUE(rows->update(c, journal::CertificateState::reserved).has_value());
  ASSERT_TRUE(
      rows->insert(journal::RequestRecord{suite::id<RequestId>("request-one"), c.act, {}, {}}).has_value());
  ASSERT_TRUE(rows->erase_person_part(0).has_value());
  ASSERT_TRUE(rows->next_number("space-b").has_value());
  ASSERT_TRUE(rows->commit().has_value());
  EXPECT_TRUE(spine.verify().holds());
  for (const char* slip :
       {"UPDATE journal SET act = 'x'", "DELETE FROM private_part", "TRUNCATE tile",
        "UPDATE private_part SET operator_body = NULL", "ALTER TABLE journal DISABLE TRIGGER ALL",
        "UPDATE certificate SET resident = 'x'", "UPDATE request SET answer = ''"})
    EXPECT_NE(store.run("SET ROLE acts_node; " + std::string(slip)).find("ERROR"), std::string::npos) << slip;
}

}  // namespace
}  // namespace shomei::store
