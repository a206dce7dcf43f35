#include "store/sqlite/engine.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "store/engine_suite_of_acts.h"
#include "store/engine_suite_of_contents.h"
#include "store/engine_suite_of_processes.h"
#include "store/sqlite/test_folder.h"

namespace shomei::store {
namespace {

namespace fs = std::filesystem;

void execute(const fs::path& path, const std::string& sql) {
  auto database = Database::open(path, SQLITE_OPEN_READWRITE, 1000);
  ASSERT_TRUE(database.value()->execute(sql).has_value()) << sql;
}

struct SqliteStore {
  using Place = Folder;
  static Result<std::unique_ptr<journal::Engine>> open_as(const Folder& folder, OpenMode mode) {
    SHOMEI_TRY(auto engine, SqliteEngine::open(folder.store(), mode));
    return std::unique_ptr<journal::Engine>(std::move(engine));
  }
  static Result<std::unique_ptr<journal::Engine>> open(const Folder& folder) {
    return open_as(folder, OpenMode::create);
  }
  static Result<std::unique_ptr<journal::Engine>> open_read_only(const Folder& folder) {
    return open_as(folder, OpenMode::read_only);
  }
  static void pretend_newer(const Folder& folder) { execute(folder.store(), "PRAGMA user_version = 99"); }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, EngineSuite, SqliteStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, EngineSuiteOfActs, SqliteStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, EngineSuiteOfContents, SqliteStore);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, EngineSuiteOfProcesses, SqliteStore);

std::string_view code_of(const Result<std::unique_ptr<SqliteEngine>>& opened) {
  return opened ? std::string_view("opened") : opened.error().code;
}

TEST(SqliteEngine, IsReadableByItsOwnerAlone) {
  const Folder folder;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
  const auto rows = engine->begin(Access::write);
  for (const auto& entry : fs::directory_iterator(folder.store().parent_path())) {
    struct stat status {};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << entry.path();
  }
}

TEST(SqliteEngine, AMissingStoreIsNotMadeByAccident) {
  const Folder folder;
  for (auto mode : {OpenMode::existing, OpenMode::read_only})
    EXPECT_EQ(code_of(SqliteEngine::open(folder.store(), mode)), "store_missing");
  EXPECT_FALSE(fs::exists(folder.store()));
}

TEST(SqliteEngine, OtherFilesAreRefused) {
  const Folder folder;
  std::ofstream(folder.store()) << std::string(8192, 'x');
  EXPECT_EQ(code_of(SqliteEngine::open(folder.store(), OpenMode::create)), "store_broken");
  const Folder second;
  std::ofstream(second.store()).close();
  execute(second.store(), "CREATE TABLE recipe (name TEXT)");
  EXPECT_EQ(code_of(SqliteEngine::open(second.store(), OpenMode::create)), "store_foreign");
}

TEST(SqliteEngine, AStoreThatWasNeverFinishedIsMadeNowButNotByAReader) {
  const Folder folder;
  std::ofstream(folder.store()).close();  // as after a crash between making the file and its first commit
  EXPECT_EQ(code_of(SqliteEngine::open(folder.store(), OpenMode::read_only)), "home_older");
  EXPECT_EQ(code_of(SqliteEngine::open(folder.store(), OpenMode::existing)), "opened");
}

// SQLite's own limit answers as a full disk does.
TEST(SqliteEngine, AFullDiskIsToldApart) {
  const Folder folder;
  std::ignore = SqliteEngine::open(folder.store(), OpenMode::create).value();
  auto database = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  ASSERT_TRUE(database->execute("PRAGMA max_page_count = 40; BEGIN IMMEDIATE").has_value());
  Result<void> inserted;
  for (int i = 0; i < 1000 && inserted; ++i)
    inserted =
        database->execute("INSERT INTO crl VALUES ('a', " + std::to_string(i) + ", 0, 0, zeroblob(3000))");
  ASSERT_FALSE(inserted.has_value());
  EXPECT_EQ(inserted.error().fault, Fault::unavailable);
  EXPECT_EQ(inserted.error().code, "store_full");
  EXPECT_EQ(inserted.error().parameter("path"), folder.store().string());
}

TEST(SqliteEngine, AWriterThatWaitsTooLongIsToldSo) {
  const Folder folder;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
  auto stranger = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  auto late = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 50).value());
  ASSERT_TRUE(stranger->execute("BEGIN IMMEDIATE").has_value());
  const auto begun = late->execute("BEGIN IMMEDIATE");
  ASSERT_FALSE(begun.has_value());
  EXPECT_EQ(begun.error().code, "store_busy");
}

TEST(SqliteEngine, OpensWithoutWaitingForAWriter) {
  const Folder folder;
  std::ignore = SqliteEngine::open(folder.store(), OpenMode::create).value();
  auto stranger = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  ASSERT_TRUE(stranger->execute("BEGIN IMMEDIATE").has_value());
  const auto start = std::chrono::steady_clock::now();
  for (auto mode : {OpenMode::create, OpenMode::existing, OpenMode::read_only}) {
    const auto engine = SqliteEngine::open(folder.store(), mode);
    ASSERT_TRUE(engine.has_value()) << engine.error().code;
    EXPECT_TRUE((*engine)->begin(Access::read).has_value());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, kBusyMax / 2);
}

// As a user who may write nothing there, in a process of its own: root may write anywhere.
template <class Action>
bool without_rights(const Folder& folder, Action action) {
  const auto home = folder.store().parent_path();
  fs::permissions(folder.store(), fs::perms{0444});
  fs::permissions(home, fs::perms{0555});
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && setresuid(kNobody, kNobody, kNobody) != 0) _exit(2);
    _exit(::access(home.c_str(), W_OK) != 0 && action() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  fs::permissions(home, fs::perms{0755});
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(SqliteEngine, ACopyThatCannotBeWrittenIsRead) {
  const Folder folder("a copy? 100% #1 ");
  {
    const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
    auto rows = std::move(engine->begin(Access::write).value());
    ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
    ASSERT_TRUE(rows->commit().has_value());
  }
  EXPECT_TRUE(without_rights(folder, [&] {
    const auto engine = SqliteEngine::open(folder.store(), OpenMode::read_only);
    if (!engine) return false;
    const auto rows = (*engine)->begin(Access::read);
    return rows && (*rows)->list_residents({}).value().size() == 1;
  }));
}

// What is in the log alone would be missing: better no answer than an old one.
TEST(SqliteEngine, ACopyWithALogThatCannotBeIndexedIsNotRead) {
  const Folder folder, copy;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
  auto rows = std::move(engine->begin(Access::write).value());
  ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  for (auto end : {"", "-wal"}) {
    fs::copy_file(folder.store().string() + end, copy.store().string() + end);
    fs::permissions(copy.store().string() + end, fs::perms{0444});
  }
  EXPECT_TRUE(without_rights(copy, [&] {
    return code_of(SqliteEngine::open(copy.store(), OpenMode::read_only)) == "store_unavailable";
  }));
}

TEST(SqliteEngine, ThreadsTakeTurns) {
  const Folder folder;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
  std::vector<std::thread> threads;
  std::atomic<int> failures = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        auto rows = engine->begin(Access::write);
        const auto person = suite::resident("resident-" + std::to_string(t) + "-" + std::to_string(i));
        if (!rows || !(*rows)->insert(person) || !(*rows)->commit()) ++failures;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  const auto rows = std::move(engine->begin(Access::read).value());
  EXPECT_EQ(rows->list_residents({}).value().size(), 80U);
}

TEST(SqliteEngine, TheJournalCannotBeRewrittenBySlip) {
  const Folder folder;
  std::ignore = SqliteEngine::open(folder.store(), OpenMode::create).value();
  auto database = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  ASSERT_TRUE(
      database->execute("INSERT INTO journal VALUES (0, 'act-number-one', x'00', NULL, NULL)").has_value());
  EXPECT_FALSE(database->execute("UPDATE journal SET act = 'act-number-two'").has_value());
  EXPECT_FALSE(database->execute("DELETE FROM journal").has_value());
  EXPECT_EQ(database->integer("SELECT count(*) FROM journal").value(), 1);
  ASSERT_TRUE(database->execute("INSERT INTO tile VALUES (0, zeroblob(32))").has_value());
  EXPECT_TRUE(database->execute("UPDATE tile SET hashes = zeroblob(64)").has_value());
  EXPECT_FALSE(database->execute("UPDATE tile SET hashes = zeroblob(32)").has_value());
  EXPECT_FALSE(database
                   ->execute("UPDATE tile SET hashes = zeroblob(64) || randomblob(32),"
                             " number = 1")
                   .has_value());
  EXPECT_FALSE(database->execute("UPDATE tile SET hashes = randomblob(96)").has_value());
  EXPECT_FALSE(database->execute("DELETE FROM tile").has_value());
}

std::string vector_text(const std::string& name) {
  std::ifstream file(std::string(SHOMEI_VECTORS) + "/stores/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What a program of the first form wrote, as SQLite dumps it.
void restore_first_form(const fs::path& path) {
  auto database = Database::open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 1000);
  ASSERT_TRUE(database.value()->execute(vector_text("version-1.sql")).has_value());
  ASSERT_TRUE(database.value()->execute("PRAGMA application_id = 0x73686D69; PRAGMA user_version = 1"));
}

journal::VerifyReport verify_first_form(journal::Engine& engine) {
  std::string key = vector_text("version-1.vkey");
  key.pop_back();
  const auto rows = std::move(engine.begin(Access::read).value());
  return journal::verify_journal(*rows, {*journal::parse_verifier_key(key), {}}).value();
}

TEST(SqliteEngine, AStoreOfTheFirstFormIsBroughtForwardAndItsJournalHolds) {
  const Folder folder;
  restore_first_form(folder.store());
  EXPECT_EQ(code_of(SqliteEngine::open(folder.store(), OpenMode::read_only)), "home_older");
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::existing).value());
  const auto report = verify_first_form(*engine);
  for (const auto& f : report.findings) ADD_FAILURE() << f.sequence << " " << f.code << ": " << f.detail;
  EXPECT_EQ(report.entries, 27U);
  EXPECT_EQ(report.certificates, 4U);

  const auto rows = std::move(engine->begin(Access::read).value());
  const auto held = rows->certificates_of(suite::id<ResidentId>("l6n3c9fb")).value();
  ASSERT_EQ(held.size(), 2U);
  for (const auto& c : held) {
    EXPECT_FALSE(c.der.empty());
    EXPECT_TRUE(rows->key_used(c.key).value());
    EXPECT_EQ(rows->find_certificates(c.serial).value().size(), 1U);
  }
  EXPECT_EQ(rows->certificates_of_office(suite::id<OfficeId>("inagi-city-hall"), {}).value().size(), 4U);
  // Registered, three entries for each of two certificates, and one of them revoked.
  EXPECT_EQ(rows->entries_of_resident(held[0].resident).value().size(), 8U);
}

TEST(SqliteEngine, AStoreThatWasBroughtForwardGoesOnAsOneJournal) {
  const Folder folder;
  restore_first_form(folder.store());
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::existing).value());
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  suite::TestClock clock;
  const journal::Journal spine(*engine, *signer, clock, "shomei.demo/journal");
  auto transaction = std::move(spine.begin().value());
  ASSERT_EQ(transaction.append({.act = suite::id<ActId>("act-after-it")}).value(), 27U);
  ASSERT_TRUE(transaction.commit().has_value());
  // The checkpoint is of another key now; everything else must hold.
  const auto report = verify_first_form(*engine);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].code, "checkpoint_wrong");
}

// The steps that statements of every connection take through tables whose rows they have no index for.
class StepsThroughTables {
 public:
  StepsThroughTables() {
    steps_ = 0;
    sqlite3_auto_extension(kHook);
  }
  ~StepsThroughTables() { sqlite3_cancel_auto_extension(kHook); }
  StepsThroughTables(const StepsThroughTables&) = delete;
  StepsThroughTables& operator=(const StepsThroughTables&) = delete;
  static std::int64_t count() { return steps_; }

 private:
  using Hook = void (*)();
  static int watch(sqlite3* database, char**, const void*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, add, nullptr);
  }
  static int add(unsigned, void*, void* statement, void*) {
    for (const int what : {SQLITE_STMTSTATUS_FULLSCAN_STEP, SQLITE_STMTSTATUS_AUTOINDEX})
      steps_ += sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), what, 1);
    return 0;
  }
  static inline const Hook kHook = reinterpret_cast<Hook>(watch);
  static inline std::atomic<std::int64_t> steps_ = 0;
};

// Counted, not timed: a store of ten million certificates is brought forward in one go through it, not in one
// for each of them.
TEST(SqliteEngine, BringingForwardGoesThroughTheTablesAFewTimes) {
  constexpr std::int64_t kMany = 400;
  const Folder folder;
  restore_first_form(folder.store());
  execute(folder.store(),
          "CREATE TEMP TABLE many AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
          " FROM n WHERE i < " +
              std::to_string(kMany) +
              ") SELECT i FROM n;"
              "INSERT INTO journal SELECT 1000 + i, 'act-of-many-' || i, entry FROM many,"
              " (SELECT entry FROM journal LIMIT 1);"
              "INSERT INTO certificate SELECT 1000 + i, serial_space, randomblob(8),"
              " authority, kind, resident, card, carrier, predecessor, office, partition,"
              " 'act-of-many-' || i, not_before, not_after, state, delivered, revoked_at,"
              " reason, der FROM many, (SELECT * FROM certificate LIMIT 1)");
  const StepsThroughTables steps;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::existing).value());
  EXPECT_GT(steps.count(), kMany) << "they are counted";
  EXPECT_LT(steps.count(), 20 * kMany);
  auto database = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  EXPECT_EQ(database->integer("SELECT count(*) FROM certificate").value(), kMany + 4);
  EXPECT_EQ(
      database->integer("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%\\_2\\_%' ESCAPE '\\'").value(),
      0)
      << "what was needed on the way is gone";
}

TEST(SqliteEngine, ARowThatHoldsWhatWasNeverPutThereIsToldApart) {
  const Folder folder;
  const auto engine = std::move(SqliteEngine::open(folder.store(), OpenMode::create).value());
  auto rows = std::move(engine->begin(Access::write).value());
  ASSERT_TRUE(rows->insert(suite::resident("resident-one")).has_value());
  ASSERT_TRUE(rows->commit().has_value());
  rows.reset();
  for (auto change : {"gender = 'none'", "born = '1990-02-30'", "status = ''"}) {
    execute(folder.store(), "UPDATE resident SET gender = 'male', born = '1990-01-01', status = 'japanese'");
    execute(folder.store(), std::string("UPDATE resident SET ") + change);
    rows = std::move(engine->begin(Access::read).value());
    const auto found = rows->find_resident(suite::id<ResidentId>("resident-one"));
    ASSERT_FALSE(found.has_value()) << change;
    EXPECT_EQ(found.error().code, "store_row_broken");
    rows.reset();
  }
}

// Plans, not times: the questions that are asked for every act must not walk through a table.
TEST(SqliteEngine, FrequentQuestionsUseTheirIndexes) {
  const Folder folder;
  std::ignore = SqliteEngine::open(folder.store(), OpenMode::create).value();
  auto database = std::move(Database::open(folder.store(), SQLITE_OPEN_READWRITE, 1000).value());
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"EXPLAIN QUERY PLAN SELECT 1 FROM certificate WHERE serial = x'01' AND serial_space = 1",
       "certificate_serial"},
      {"EXPLAIN QUERY PLAN SELECT * FROM certificate AS c WHERE c.state = 'reserved' ORDER BY c.number",
       "certificate_reserved"},
      {"EXPLAIN QUERY PLAN SELECT * FROM certificate AS c WHERE c.state = 'valid' AND c.delivered = 0"
       " ORDER BY c.number",
       "certificate_undelivered"},
      {"EXPLAIN QUERY PLAN SELECT number FROM certificate INDEXED BY certificate_revoked"
       " WHERE state IN ('revoked', 'suspended') AND authority = 'signature-1'",
       "certificate_revoked"},
      {"EXPLAIN QUERY PLAN SELECT * FROM certificate AS c WHERE c.resident_mark = 1 AND c.resident = 'x' "
       "ORDER"
       " BY c.number",
       "certificate_resident"},
      {"EXPLAIN QUERY PLAN SELECT * FROM certificate AS c WHERE c.office = 'x' AND c.number < 7 ORDER BY"
       " c.number DESC LIMIT 3",
       "certificate_office"},
      {"EXPLAIN QUERY PLAN SELECT max(number) FROM certificate INDEXED BY certificate_serial WHERE serial = "
       "x'01' AND office = 'x'",
       "certificate_serial"},
      {"EXPLAIN QUERY PLAN SELECT 1 FROM certificate WHERE key_mark = 1 AND key = x'00'", "certificate_key"},
      {"EXPLAIN QUERY PLAN SELECT 1 FROM request WHERE id = 'x'", "request_id"},
      {"EXPLAIN QUERY PLAN SELECT * FROM resident WHERE name = 'x' ORDER BY id", "resident_name"},
      {"EXPLAIN QUERY PLAN SELECT sequence FROM journal WHERE act = 'x' ORDER BY sequence", "journal_act"}};
  for (const auto& [sql, index] : cases) {
    auto query = std::move(database->prepare(sql).value());
    std::string plan;
    while (query.step().value()) plan += query.text(3) + "; ";
    EXPECT_NE(plan.find(index), std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
  }
}

}  // namespace
}  // namespace shomei::store
