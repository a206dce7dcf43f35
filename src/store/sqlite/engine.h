// SqliteEngine: the store in one SQLite file in WAL mode. Safe to call from several threads and processes;
// one transaction writes at a time, the others wait for it up to kBusyMax. Its Rows must not outlive it, and
// none of both may be carried over a fork().
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <semaphore>
#include <vector>

#include "journal/rows.h"
#include "store/open_mode.h"
#include "store/sqlite/database.h"
#include "store/sqlite/log_folder.h"

namespace shomei::store {

inline constexpr std::chrono::milliseconds kBusyMax{10'000};

class SqliteEngine final : public journal::Engine {
 public:
  // Makes the file readable by its owner alone; read_only works also where nothing can be written beside the
  // file, if its log is empty. Brings an older store to this version's form in one transaction. refused
  // "home_newer" (written by a newer version), "home_older" (read_only: it cannot be brought forward),
  // "store_foreign" (not a store of ours), "store_moved" (to write: it was retired).
  static Result<std::unique_ptr<SqliteEngine>> open(const std::filesystem::path& path, OpenMode mode);

  // refused "store_read_only" for a write in a store opened read_only.
  Result<std::unique_ptr<journal::Rows>> begin(journal::Access access) override;
  // By a lock on the file "<store>.acts".
  Result<std::unique_ptr<journal::ActsHold>> hold_acts(journal::Hold hold) override;
  // Folds the log into the file and cuts it off: a page of it, and of the file, may hold what was erased.
  Result<void> scrub() override;

 private:
  friend class SqliteRows;
  SqliteEngine(std::filesystem::path path, OpenMode mode)
      : path_(std::move(path)), mode_(mode), log_folder_(path_) {}
  Result<std::unique_ptr<Database>> connect(journal::Access access);
  void give_back(std::unique_ptr<Database> database, journal::Access access);

  std::filesystem::path path_;
  OpenMode mode_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> readers_;  // idle; guarded by mutex_
  std::unique_ptr<Database> writer_database_;       // null while it is used; whoever has the turn has it
  LogFolder log_folder_;
  // Threads of this process take turns here; SQLite's own lock, which sleeps and tries again, is for others.
  std::binary_semaphore writer_{1};
};

// Folds the log into a store that nobody has open, and gives up the log: one file that is read without
// writing beside it, and that the next opening to write takes back. unavailable "store_busy" when somebody
// has it open.
Result<void> make_one_file(const std::filesystem::path& path);

}  // namespace shomei::store
