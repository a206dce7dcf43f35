#include "store/sqlite/engine.h"

#include "base/check.h"
#include "files/lock.h"
#include "store/sqlite/open.h"
#include "store/sqlite/rows.h"

namespace shomei::store {
namespace {

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
  SHOMEI_TRY(auto database, connect());
  if (writes && !writer_.try_acquire_for(kBusyMax)) {
    give_back(std::move(database));
    return unavailable("store_busy", {{"path", path_.string()}, {"what", "another thread writes"}});
  }
  auto rows = std::make_unique<SqliteRows>(*this, std::move(database), access);
  SHOMEI_CHECK(rows->begin());
  return std::unique_ptr<journal::Rows>(std::move(rows));
}

Result<std::unique_ptr<journal::ActsHold>> SqliteEngine::hold_acts(journal::Hold hold) {
  const bool alone = hold == journal::Hold::alone;
  auto lock = files::FileLock::take(path_.string() + ".acts",
                                    alone ? files::Sharing::exclusive : files::Sharing::shared,
                                    alone ? files::Waiting::none : files::Waiting::until_free);
  if (!lock && alone && lock.error().code == "file_locked") return std::unique_ptr<journal::ActsHold>();
  if (!lock) return std::move(lock).error();
  return std::unique_ptr<journal::ActsHold>(std::make_unique<FileHold>(*std::move(lock)));
}

Result<std::unique_ptr<Database>> SqliteEngine::connect() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
  }
  return store::connect(path_, mode_);
}

void SqliteEngine::give_back(std::unique_ptr<Database> database) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(database));
}

// A reader's BEGIN takes no snapshot before the first read.
Result<void> SqliteRows::begin() {
  if (access_ == journal::Access::write) return database_->execute("BEGIN IMMEDIATE");
  return database_->execute("BEGIN; SELECT count(*) FROM head");
}

SqliteRows::~SqliteRows() {
  if (!database_) return;
  const bool left = !database_->in_transaction() || database_->execute("ROLLBACK").has_value();
  if (!left) database_.reset();  // one that cannot be brought to rest is closed
  leave();
}

// The next writer may come, also while this object still lives.
void SqliteRows::leave() {
  if (database_) engine_.give_back(std::move(database_));
  if (access_ == journal::Access::write) engine_.writer_.release();
}

Result<void> SqliteRows::commit() {
  SHOMEI_INVARIANT(database_ && access_ == journal::Access::write);
  // A transaction that SQLite has rolled back by itself must not seem committed.
  if (!database_->in_transaction()) return database_->error(SQLITE_IOERR);
  SHOMEI_CHECK(database_->execute("COMMIT"));
  leave();
  return {};
}

Result<void> SqliteRows::begin_act() {
  SHOMEI_TRY(auto query, change("SAVEPOINT act"));
  return query.run();
}

Result<void> SqliteRows::end_act() {
  SHOMEI_TRY(auto query, change("RELEASE act"));
  return query.run();
}

Result<void> SqliteRows::undo_act() {
  spaces_.clear();  // one of them may have been the act's
  SHOMEI_TRY(auto query, change("ROLLBACK TO act"));
  SHOMEI_CHECK(query.run());
  return end_act();
}

Result<Query> SqliteRows::select(std::string_view sql) {
  SHOMEI_INVARIANT(database_ != nullptr);
  // SQLite leaves a transaction by itself when the disk is full or broken. What came next would then be
  // committed alone.
  if (!database_->in_transaction()) return database_->error(SQLITE_IOERR);
  return database_->prepare(sql);
}

Result<Query> SqliteRows::change(std::string_view sql) {
  SHOMEI_INVARIANT(access_ == journal::Access::write);
  return select(sql);
}

Result<void> SqliteRows::run_once(Query& query, Error otherwise) {
  SHOMEI_CHECK(query.run());
  if (database_->changes() == 0) return otherwise;
  return {};
}

}  // namespace shomei::store
