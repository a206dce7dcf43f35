#include "store/sqlite/database.h"

#include <cctype>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/check.h"

namespace shomei::store {

namespace {

// SQLite takes this option in the file's name alone.
std::string immutable_name(const std::filesystem::path& path) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string name = "file://";
  for (const char c : std::filesystem::absolute(path).string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '/' || c == '.' || c == '-' || c == '_') {
      name += c;
    } else {
      name += {'%', kHexDigits[byte >> 4U], kHexDigits[byte & 15U]};
    }
  }
  return name + "?immutable=1";
}

// What the trigger of a store that was retired says (rows_of_contents.cc).
std::optional<std::string> place_of_moved(std::string_view message) {
  if (!message.starts_with(kMovedTo)) return std::nullopt;
  return std::string(message.substr(kMovedTo.size()));
}

}  // namespace

Query::Query(Query&& other) noexcept
    : database_(other.database_),
      sql_(other.sql_),
      statement_(std::move(other.statement_)),
      next_(other.next_) {}

Query::~Query() {
  if (!statement_) return;
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  database_->idle_.emplace(sql_.data(), std::move(statement_));
}

// Binding fails only for our own mistakes: a value too many, or after step().
Query& Query::bound(int code) {
  SHOMEI_INVARIANT(code == SQLITE_OK);
  ++next_;
  return *this;
}

Query& Query::bind(std::int64_t value) {
  return bound(sqlite3_bind_int64(statement_.get(), next_, value));
}
Query& Query::bind(std::string_view text) {
  return bound(sqlite3_bind_text64(statement_.get(), next_, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8));
}
Query& Query::bind(ByteView blob) {
  // A null pointer would bind NULL, which is not the same as no bytes.
  const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
  return bound(sqlite3_bind_blob64(statement_.get(), next_, data, blob.size(), SQLITE_TRANSIENT));
}
Query& Query::bind_borrowed(ByteView blob) {
  const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
  return bound(sqlite3_bind_blob64(statement_.get(), next_, data, blob.size(), SQLITE_STATIC));
}
Query& Query::bind_null() {
  return bound(sqlite3_bind_null(statement_.get(), next_));
}

Result<bool> Query::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error(code);
}

Result<void> Query::run() {
  while (true) {
    SHOMEI_TRY(const bool row, step());
    if (!row) return {};
  }
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
std::string Query::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)))
              : std::string();
}
Bytes Query::blob(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return bytes ? Bytes(bytes, bytes + sqlite3_column_bytes(statement_.get(), column)) : Bytes();
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, int flags,
                                                 int busy_ms_max) {
  sqlite3* raw = nullptr;
  const bool immutable = (flags & kOpenImmutable) != 0;
  const std::string name = immutable ? immutable_name(path) : path.string();
  const int own = immutable ? SQLITE_OPEN_URI : 0;
  const int code =
      sqlite3_open_v2(name.c_str(), &raw,
                      (flags & ~kOpenImmutable) | own | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Database> database(new Database(std::unique_ptr<sqlite3, Close>(raw), path.string()));
  if (code != SQLITE_OK) return database->error(code);
  database->busy_max_ = std::chrono::milliseconds(busy_ms_max);
  sqlite3_busy_handler(raw, &Database::wait_a_little, database.get());
  // Nothing that stands in the file may make SQLite do more than read and write rows.
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return database;
}

// SQLite's own waiting looks less and less often, up to every tenth of a second: who writes much, in short
// turns, would then keep out whoever writes now and then.
int Database::wait_a_little(void* database, int tries) {
  constexpr std::chrono::milliseconds kLookAgain{1};
  auto& waiting = *static_cast<Database*>(database);
  const auto now = std::chrono::steady_clock::now();
  if (tries == 0) waiting.busy_since_ = now;
  if (now - waiting.busy_since_ >= waiting.busy_max_) return 0;
  std::this_thread::sleep_for(kLookAgain);
  return 1;
}

Result<Query> Database::prepare(std::string_view sql) {
  if (auto idle = idle_.extract(sql.data())) return Query(*this, sql, std::move(idle.mapped()));
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  StatementHandle statement(raw);
  if (code != SQLITE_OK) return error(code);
  return Query(*this, sql, std::move(statement));
}

Result<void> Database::run(std::string_view sql) {
  SHOMEI_TRY(auto query, prepare(sql));
  return query.run();
}

Result<void> Database::execute(std::string_view sql) {
  const int code = sqlite3_exec(handle_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
  SHOMEI_TRY(auto query, prepare(sql));
  SHOMEI_TRY(const bool row, query.step());
  return row ? query.integer(0) : 0;
}

void Database::count_log_pages() {
  const auto count = [](void* pages, sqlite3*, const char*, int now) {
    *static_cast<int*>(pages) = now;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(handle_.get(), count, &log_pages_);
}

Error Database::error(int code) const {
  // Without a handle there was no memory for one.
  const Parameters p{{"path", path_}, {"what", handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory"}};
  // The wal-index beside the store is memory that the file system has to back: SQLite calls the lack of room
  // for it an I/O error.
  const bool no_room =
      handle_ && (code & 0xFF) == SQLITE_IOERR && sqlite3_system_errno(handle_.get()) == ENOSPC;
  if (no_room) return unavailable("store_full", p);
  if (code == SQLITE_CONSTRAINT_TRIGGER)
    if (const auto to = place_of_moved(p[1].value))
      return refused("store_moved", {{"path", path_}, {"to", *to}});
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return unavailable("store_full", p);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return unavailable("store_busy", p);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return unavailable("store_broken", p);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      return unavailable("store_unavailable", p);
    default:
      return internal("store_misused", p);
  }
}

}  // namespace shomei::store
