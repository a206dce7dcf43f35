// Copying between stores of all engines, in every direction.
#include "journal/copy/copy.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>

#include "store/engine_suite_of_contents.h"
#include "store/memory/engine.h"
#include "store/sqlite/engine.h"
#include "tests/postgres/opened.h"

namespace shomei::store {
namespace {

namespace fs = std::filesystem;
using journal::Access;
using journal::RowKind;
using journal::StoreRow;

class Store {
 public:
  virtual ~Store() = default;
  virtual std::unique_ptr<journal::Engine> open() = 0;
};

class InMemory final : public Store {
 public:
  std::unique_ptr<journal::Engine> open() override { return std::make_unique<MemoryEngine>(store_); }

 private:
  MemoryStore store_;
};

class InSqlite final : public Store {
 public:
  InSqlite() {
    std::string name = (fs::temp_directory_path() / "shomei-copy-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~InSqlite() override { fs::remove_all(folder_); }
  InSqlite(const InSqlite&) = delete;
  InSqlite& operator=(const InSqlite&) = delete;
  std::unique_ptr<journal::Engine> open() override {
    return std::move(SqliteEngine::open(path(), OpenMode::create).value());
  }
  fs::path path() const { return folder_ / "store.sqlite"; }

 private:
  fs::path folder_;
};

class InPostgres final : public Store {
 public:
  std::unique_ptr<journal::Engine> open() override { return opened(store_.address()); }

 private:
  FreshStore store_;
};

std::unique_ptr<Store> make(std::string_view engine) {
  if (engine == "memory") return std::make_unique<InMemory>();
  if (engine == "sqlite") return std::make_unique<InSqlite>();
  return std::make_unique<InPostgres>();
}

journal::ProofOptions options_of(const Spine& spine) {
  const auto key = journal::encode_verifier_key("postgres.example", spine.signer->public_key());
  return {.key = *journal::parse_verifier_key(key)};
}

// With the rows that an act may have, and every kind of row.
struct Filled {
  explicit Filled(std::string_view engine)
      : store(make(engine)), opened(store->open()), spine(std::make_unique<Spine>(*opened)) {
    suite::fill_every_kind(*opened, spine->journal);
  }
  std::unique_ptr<journal::Rows> read() { return std::move(opened->begin(Access::read).value()); }
  std::unique_ptr<Store> store;
  std::unique_ptr<journal::Engine> opened;
  std::unique_ptr<Spine> spine;
};

class Copy : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(Copy, EveryRowArrivesAndTheJournalGoesOn) {
  Filled source(std::get<0>(GetParam()));
  const auto target = make(std::get<1>(GetParam()));
  const auto from = source.read();
  const auto engine = target->open();
  {
    auto to = std::move(engine->begin(Access::write).value());
    const auto proof = journal::copy_store(*from, *to, options_of(*source.spine));
    ASSERT_TRUE(proof.has_value()) << proof.error().code << " " << proof.error().parameter("kind")
                                   << proof.error().parameter("what") << proof.error().parameter("detail");
    EXPECT_EQ(proof->journal.erased_parts, 1U);
    EXPECT_EQ(proof->digest.of(RowKind::certificate).rows, 5U);
    ASSERT_TRUE(to->commit().has_value());
  }
  const auto copy = std::move(engine->begin(Access::read).value());
  EXPECT_EQ(journal::digest_store(*copy).value(), journal::digest_store(*from).value());
  EXPECT_EQ(copy->latest_checkpoint().value(), from->latest_checkpoint().value());
  for (const char* name : {"resident-one", "resident-two", "resident-full", "resident-4"}) {
    const auto resident = suite::id<ResidentId>(name);
    EXPECT_EQ(copy->entries_of_resident(resident).value(), from->entries_of_resident(resident).value());
    EXPECT_EQ(suite::serials(copy->certificates_of(resident)),
              suite::serials(from->certificates_of(resident)));
  }
  // What is written next stands on what was copied: numbers, serial spaces, the tree.
  const journal::Journal spine(*engine, *source.spine->signer, source.spine->clock, "postgres.example");
  auto transaction = std::move(spine.begin().value());
  EXPECT_EQ(transaction.rows().next_number("space-b").value(), 3U);
  EXPECT_EQ(transaction.rows().insert(suite::certificate("01", CertificateState::reserved)).error().code,
            "serial_used");
  ASSERT_TRUE(transaction.rows().insert(suite::certificate("0F", CertificateState::reserved)).has_value());
  ASSERT_TRUE(transaction.append({.act = suite::id<ActId>("act-after-it")}).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  const auto after = std::move(engine->begin(Access::read).value());
  EXPECT_TRUE(
      journal::verify_journal(*after, {*options_of(*source.spine).key, from->head().value().checkpoint})
          .value()
          .holds());
}

// Whenever it is interrupted nothing is there, and it can be started again.
TEST_P(Copy, AnInterruptedCopyLeavesAnEmptyStore) {
  using Doing = journal::CopyStep::Doing;
  Filled source(std::get<0>(GetParam()));
  const auto target = make(std::get<1>(GetParam()));
  const auto engine = target->open();
  const auto from = source.read();
  for (const auto when : {Doing::copying, Doing::reading}) {
    auto options = options_of(*source.spine);
    options.progress = [&](const journal::CopyStep& step) -> Result<void> {
      if (step.doing != when) return {};
      return unavailable("interrupted");
    };
    auto to = std::move(engine->begin(Access::write).value());
    const auto proof = journal::copy_store(*from, *to, options);
    ASSERT_FALSE(proof.has_value());
    EXPECT_EQ(proof.error().code, "interrupted");
    to.reset();
    EXPECT_TRUE(journal::is_empty(*engine->begin(Access::read).value()).value());
  }
  auto to = std::move(engine->begin(Access::write).value());
  EXPECT_TRUE(journal::copy_store(*from, *to, options_of(*source.spine)).has_value());
}

std::string pair_name(const testing::TestParamInfo<Copy::ParamType>& info) {
  return std::string(std::get<0>(info.param)) + "To" + std::get<1>(info.param);
}
INSTANTIATE_TEST_SUITE_P(AllDirections, Copy,
                         testing::Combine(testing::Values("memory", "sqlite", "postgres"),
                                          testing::Values("memory", "sqlite", "postgres")),
                         pair_name);

// A store with any row in it is not copied into.
TEST(CopyStore, ATargetThatIsNotEmptyIsRefused) {
  Filled source("memory");
  const auto from = source.read();
  std::vector<StoreRow> rows;
  for (const auto kind : journal::all_row_kinds())
    ASSERT_FALSE(from->each_row(kind,
                                [&](const StoreRow& row) -> Result<void> {
                                  rows.push_back(row);
                                  return conflict("store_not_empty");
                                })
                     .has_value());
  ASSERT_EQ(rows.size(), journal::kRowKinds);
  for (const auto& row : rows) {
    const auto kind = journal::kind_of(row);
    if (kind == RowKind::about) continue;  // is never there without its entry
    InMemory target;
    const auto engine = target.open();
    auto to = std::move(engine->begin(Access::write).value());
    ASSERT_TRUE(to->put_row(row).has_value());
    const auto refusal = journal::copy_store(*from, *to, options_of(*source.spine));
    ASSERT_FALSE(refusal.has_value()) << journal::name(kind);
    EXPECT_EQ(refusal.error().code, "store_not_empty");
    EXPECT_EQ(refusal.error().parameter("kind"), journal::name(kind));
  }
}

// Copies all rows but for one, which `bend` changes or leaves out.
using Bend = std::function<std::optional<StoreRow>(StoreRow)>;
void copy_bent(journal::Rows& from, journal::Rows& to, RowKind bent, const Bend& bend) {
  for (const auto kind : journal::all_row_kinds()) {
    bool first = true;
    const auto put = from.each_row(kind, [&](const StoreRow& row) -> Result<void> {
      auto other = kind == bent && std::exchange(first, false) ? bend(row) : row;
      return other ? to.put_row(*other) : Result<void>{};
    });
    ASSERT_TRUE(put.has_value()) << put.error().code;
  }
}

std::optional<StoreRow> bent(StoreRow row) {
  struct Bender {
    void operator()(residents::Resident& r) { r.name += "x"; }
    void operator()(residents::CardRecord& c) { c.state = residents::CardState::active; }
    void operator()(journal::AuthorityRecord& a) { ++a.generation; }
    void operator()(journal::SerialSpace& s) { ++s.last_number; }
    void operator()(CertificateRecord& c) { c.delivered = !c.delivered; }
    void operator()(journal::BlockedKey& k) { k.cause += "x"; }
    void operator()(journal::RequestRecord& r) { r.answer.push_back(1); }
    void operator()(journal::CrlRecord& c) { c.der.back() ^= 1; }
    void operator()(journal::StoredEntry& e) { e.parts[2]->body.back() ^= 1; }
    void operator()(journal::About& a) { a.sequence = 1; }
    void operator()(journal::StoredTile& t) { t.hashes.back() ^= 1; }
    void operator()(journal::Head& h) { h.checkpoint += "\n"; }
  };
  std::visit(Bender{}, row);
  return row;
}

void expect_found(journal::Rows& from, const journal::ProofOptions& options, std::string_view engine_name,
                  RowKind kind, const Bend& bend) {
  const auto target = make(engine_name);
  const auto engine = target->open();
  auto to = std::move(engine->begin(Access::write).value());
  copy_bent(from, *to, kind, bend);
  const auto proof = journal::prove_store(*to, journal::digest_store(from).value(), options);
  ASSERT_FALSE(proof.has_value()) << journal::name(kind);
  EXPECT_EQ(proof.error().code, "copy_differs");
  EXPECT_EQ(proof.error().parameter("kind"), journal::name(kind));
}

TEST(ProveStore, FindsAChangedRowOfEveryKindAndAMissingOne) {
  Filled source("memory");
  const auto from = source.read();
  const auto options = options_of(*source.spine);
  for (const auto kind : journal::all_row_kinds()) {
    for (const char* engine : {"memory", "sqlite"}) expect_found(*from, options, engine, kind, bent);
    // The engine in memory has no entry without the one in front.
    const auto missing = [](const StoreRow&) { return std::nullopt; };
    if (kind != RowKind::entry) expect_found(*from, options, "memory", kind, missing);
  }
}

// The digests alone say that both are the same: that what both have holds is another question.
TEST(ProveStore, AJournalThatDoesNotHoldIsNotPassedOn) {
  Filled source("memory");
  const auto from = source.read();
  for (const auto kind : {RowKind::entry, RowKind::tile, RowKind::head}) {
    InMemory changed, target;
    const auto changed_engine = changed.open(), engine = target.open();
    auto wrong = std::move(changed_engine->begin(Access::write).value());
    copy_bent(*from, *wrong, kind, bent);
    auto to = std::move(engine->begin(Access::write).value());
    const auto proof = journal::copy_store(*wrong, *to, options_of(*source.spine));
    ASSERT_FALSE(proof.has_value()) << journal::name(kind);
    EXPECT_EQ(proof.error().code, "journal_not_proven") << journal::name(kind);
    EXPECT_FALSE(proof.error().parameter("code").empty());
  }
}

TEST(ProveStore, AnOlderOneIsFoundByACheckpointThatWasKept) {
  Filled source("memory");
  const auto early = source.read();
  InMemory target;
  const auto engine = target.open();
  auto to = std::move(engine->begin(Access::write).value());
  const auto kept = early->head().value().checkpoint;
  ASSERT_TRUE(source.spine->act("later").has_value());
  const auto late = source.read()->head().value().checkpoint;
  auto options = options_of(*source.spine);
  options.since = kept;
  ASSERT_TRUE(journal::copy_store(*early, *to, options).has_value());
  options.since = late;
  const auto proof = journal::prove_store(*to, journal::digest_store(*early).value(), options);
  ASSERT_FALSE(proof.has_value());
  EXPECT_EQ(proof.error().parameter("code"), "not_a_continuation");
}

std::string vector_text(const std::string& name) {
  std::ifstream file(SHOMEI_SOURCE "/tests/vectors/stores/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// As a program of that version left it.
void restore_form(const fs::path& path, int version) {
  const auto database = Database::open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 1000);
  const auto name = "version-" + std::to_string(version);
  ASSERT_TRUE(database.value()->execute(vector_text(name + ".sql")).has_value());
  ASSERT_TRUE(
      database.value()
          ->execute("PRAGMA application_id = 0x73686D69; PRAGMA user_version = " + std::to_string(version))
          .has_value());
}

// One home, as every version of the program has kept it: whichever it is brought forward from, it is the same
// store afterwards, and any engine takes it.
TEST(EarlierForms, AreBroughtForwardToTheSameRowsAndCopiedIntoADatabase) {
  constexpr int kForms = 2;
  std::string key = vector_text("version-1.vkey");
  key.pop_back();
  const journal::ProofOptions options{.key = *journal::parse_verifier_key(key)};
  std::optional<journal::StoreDigest> first;
  for (int version = 1; version <= kForms; ++version) {
    const InSqlite file;
    restore_form(file.path(), version);
    const auto engine = std::move(SqliteEngine::open(file.path(), OpenMode::existing).value());
    const auto from = std::move(engine->begin(Access::read).value());
    const auto digest = journal::digest_store(*from).value();
    if (!first) first = digest;
    EXPECT_EQ(digest, *first) << "form " << version;
    InPostgres target;
    const auto database = target.open();
    auto to = std::move(database->begin(Access::write).value());
    const auto proof = journal::copy_store(*from, *to, options);
    ASSERT_TRUE(proof.has_value()) << version << proof.error().code << proof.error().parameter("detail");
    EXPECT_EQ(proof->head.size, 27U);
    EXPECT_EQ(proof->digest.of(RowKind::certificate).rows, 4U);
  }
}

}  // namespace
}  // namespace shomei::store
