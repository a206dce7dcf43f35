// Database and Query: a thin, typed face over SQLite's C interface. A Database is used by one thread at a
// time. Errors: unavailable "store_full", "store_busy", "store_broken", "store_unavailable"; internal
// "store_misused" (a mistake in our SQL); all with the parameters `path` and `what`.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::store {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// How the message of the trigger begins that keeps a store from being written which was moved away; behind it
// stands where to. Such an error is refused "store_moved" {path, to}.
inline constexpr std::string_view kMovedTo = "this store was moved to ";

class Database;

// One execution of a statement, borrowed from its Database and given back when it goes out of life. Values
// are bound in order; columns are counted from 0 and may be read while step() says that there is a row.
class Query {
 public:
  Query(Query&& other) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(std::int64_t value);
  Query& bind(std::string_view text);
  Query& bind(ByteView blob);
  Query& bind_borrowed(ByteView blob);  // not copied: the bytes stay until the statement has run
  Query& bind_null();
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  Result<bool> step();  // true: there is a row
  Result<void> run();   // to the end; rows are passed over

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;

 private:
  friend class Database;
  Query(Database& database, std::string_view sql, StatementHandle statement)
      : database_(&database), sql_(sql), statement_(std::move(statement)) {}
  Query& bound(int code);
  Database* database_;
  std::string_view sql_;  // of static storage
  StatementHandle statement_;
  int next_ = 1;
};

// A flag of Database::open beside SQLite's: the file is taken to stay as it is, without locks and without the
// files beside it.
inline constexpr int kOpenImmutable = 1 << 30;

class Database {
 public:
  // `flags` are SQLITE_OPEN_* and the one above. Waits `busy_ms_max` for others' locks.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, int flags,
                                                int busy_ms_max);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // `sql` must have static storage: prepared statements are kept by it.
  Result<Query> prepare(std::string_view sql);
  Result<void> run(std::string_view sql);              // one statement without values, likewise
  Result<void> execute(std::string_view sql);          // one or more statements without values
  Result<std::int64_t> integer(std::string_view sql);  // the one value of the one row
  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }
  int changes() const { return sqlite3_changes(handle_.get()); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  // From now on nobody copies the log (WAL) into the file by itself: log_pages() says after each commit how
  // long it is.
  void count_log_pages();
  int log_pages() const { return log_pages_; }
  Error error(int code) const;

 private:
  friend class Query;
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  Database(std::unique_ptr<sqlite3, Close> handle, std::string path)
      : path_(std::move(path)), handle_(std::move(handle)) {}
  static int wait_a_little(void* database, int tries);
  std::string path_;
  std::chrono::milliseconds busy_max_{};
  std::chrono::steady_clock::time_point busy_since_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_multimap<const char*, StatementHandle> idle_;  // prepared and not in use
  int log_pages_ = 0;
};

}  // namespace shomei::store
