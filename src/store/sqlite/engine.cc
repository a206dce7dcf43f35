#include "store/sqlite/engine.h"

#include <utility>

#include "base/check.h"
#include "files/lock.h"
#include "store/sqlite/open.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

// What many acts write in a commit, and what they look at, stays in memory (KiB).
constexpr std::string_view kWriterSettings = "PRAGMA cache_size = -131072";

class FileHold final : public journal::ActsHold {
 public:
  explicit FileHold(files::FileLock lock) : lock_(std::move(lock)) {}

 private:
  files::FileLock lock_;
};

}  // namespace

Result<std::unique_ptr<SqliteEngine>> SqliteEngine::open(const std::filesystem::path& path, OpenMode mode) {
  SHOMEI_CHECK(prepare_file(path, mode));
  return std::unique_ptr<SqliteEngine>(new SqliteEngine(path, mode));
}

Result<std::unique_ptr<journal::Rows>> SqliteEngine::begin(journal::Access access) {
  const bool writes = access == journal::Access::write;
  if (writes && mode_ == OpenMode::read_only) return refused("store_read_only", {{"path", path_.string()}});
  if (writes && !writer_.try_acquire_for(kBusyMax))
    return unavailable("store_busy", {{"path", path_.string()}, {"what", "another thread writes"}});
  auto database = connect(access);
  if (!database) {
    if (writes) writer_.release();
    return std::move(database).error();
  }
  auto rows = std::make_unique<SqliteRows>(*this, *std::move(database), access);
  SHOMEI_CHECK(rows->begin());
  return std::unique_ptr<journal::Rows>(std::move(rows));
}

Result<std::unique_ptr<journal::ActsHold>> SqliteEngine::hold_acts(journal::Hold hold) {
  const bool alone = hold == journal::Hold::alone;
  auto lock = files::FileLock::take(path_.string() + ".acts",
                                    alone ? files::Sharing::exclusive : files::Sharing::shared);
  if (!lock && lock.error().code == "file_locked") return std::unique_ptr<journal::ActsHold>();
  if (!lock) return std::move(lock).error();
  return std::unique_ptr<journal::ActsHold>(std::make_unique<FileHold>(*std::move(lock)));
}

Result<void> SqliteEngine::scrub() {
  SHOMEI_TRY(auto database, store::connect(path_, mode_));
  return database->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

// There is one connection that writes: its cache holds what the last commit left, where another's would be
// read anew.
Result<std::unique_ptr<Database>> SqliteEngine::connect(journal::Access access) {
  if (access == journal::Access::write) {
    if (writer_database_) return std::move(writer_database_);
    SHOMEI_TRY(auto database, store::connect(path_, mode_));
    if (mode_ == OpenMode::fill) return database;
    SHOMEI_CHECK(database->execute(kWriterSettings));
    database->count_log_pages();
    return database;
  }
  {
    const std::lock_guard lock(mutex_);
    if (!readers_.empty()) {
      auto database = std::move(readers_.back());
      readers_.pop_back();
      return database;
    }
  }
  return store::connect(path_, mode_);
}

void SqliteEngine::give_back(std::unique_ptr<Database> database, journal::Access access) {
  if (access == journal::Access::write) {
    writer_database_ = std::move(database);
    return;
  }
  const std::lock_guard lock(mutex_);
  readers_.push_back(std::move(database));
}

// A reader's BEGIN takes no snapshot before the first read.
Result<void> SqliteRows::begin() {
  const bool writes = access_ == journal::Access::write;
  SHOMEI_CHECK(database_->run(writes ? "BEGIN IMMEDIATE" : "BEGIN"));
  return writes ? Result<void>{} : database_->run("SELECT 1 FROM head");
}

SqliteRows::~SqliteRows() {
  if (!database_) return;
  const bool left = !database_->in_transaction() || database_->execute("ROLLBACK").has_value();
  if (!left) database_.reset();  // one that cannot be brought to rest is closed
  leave();
}

// The next writer may come, also while this object still lives.
void SqliteRows::leave() {
  if (database_) engine_.give_back(std::move(database_), access_);
  if (access_ == journal::Access::write) engine_.writer_.release();
}

Result<void> SqliteRows::commit() {
  SHOMEI_INVARIANT(database_ && access_ == journal::Access::write);
  // A transaction that SQLite has rolled back by itself must not seem committed.
  if (!database_->in_transaction()) return database_->error(SQLITE_IOERR);
  SHOMEI_CHECK(database_->run("COMMIT"));
  engine_.log_folder_.look(*database_, database_->log_pages());
  leave();
  return {};
}

Result<void> SqliteRows::begin_act() {
  SHOMEI_INVARIANT(!in_act_);
  in_act_ = true;
  savepoint_ = false;
  return {};
}

Result<void> SqliteRows::end_act() {
  SHOMEI_INVARIANT(in_act_);
  torn_ = !savepoint_ && !waiting_.empty();
  SHOMEI_CHECK(write_what_waits());
  torn_ = false;
  in_act_ = false;
  if (!savepoint_) return {};
  SHOMEI_TRY(auto query, prepare("RELEASE act"));
  return query.run();
}

Result<void> SqliteRows::undo_act() {
  in_act_ = false;
  waiting_.clear();
  waits_in_ = kNone;
  if (torn_) return database_->error(SQLITE_IOERR);
  if (!savepoint_) return {};
  spaces_.clear();  // one of them may have been the act's
  SHOMEI_TRY(auto query, prepare("ROLLBACK TO act"));
  SHOMEI_CHECK(query.run());
  SHOMEI_TRY(auto release, prepare("RELEASE act"));
  return release.run();
}

Result<void> SqliteRows::write(Tables to, Write what) {
  SHOMEI_INVARIANT(access_ == journal::Access::write);
  if (!in_act_) return what();
  waiting_.push_back(std::move(what));
  waits_in_ |= to;
  return {};
}

Result<void> SqliteRows::write_what_waits() {
  waits_in_ = kNone;
  for (const auto& write : std::exchange(waiting_, {})) SHOMEI_CHECK(write());
  return {};
}

Result<void> SqliteRows::protect() {
  if (!in_act_ || savepoint_) return {};
  SHOMEI_TRY(auto query, prepare("SAVEPOINT act"));
  SHOMEI_CHECK(query.run());
  savepoint_ = true;
  return {};
}

Result<Query> SqliteRows::prepare(std::string_view sql) {
  SHOMEI_INVARIANT(database_ != nullptr);
  // SQLite leaves a transaction by itself when the disk is full or broken. What came next would then be
  // committed alone.
  if (!database_->in_transaction()) return database_->error(SQLITE_IOERR);
  return database_->prepare(sql);
}

Result<Query> SqliteRows::select(std::string_view sql, Tables of) {
  if ((waits_in_ & of) != 0) {
    SHOMEI_CHECK(protect());
    SHOMEI_CHECK(write_what_waits());
  }
  return prepare(sql);
}

Result<Query> SqliteRows::change(std::string_view sql) {
  SHOMEI_INVARIANT(access_ == journal::Access::write);
  SHOMEI_CHECK(protect());
  SHOMEI_CHECK(write_what_waits());
  return prepare(sql);
}

Result<void> SqliteRows::run_once(Query& query, Error otherwise) {
  SHOMEI_CHECK(query.run());
  if (database_->changes() == 0) return otherwise;
  return {};
}

}  // namespace shomei::store
