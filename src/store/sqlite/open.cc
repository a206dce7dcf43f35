#include "store/sqlite/open.h"

#include <fcntl.h>
#include <unistd.h>

#include <iterator>

#include "store/sqlite/bring_forward.h"
#include "store/sqlite/filling.h"
#include "store/sqlite/migrations.h"

namespace shomei::store {
namespace {

constexpr std::int64_t kApplicationId = 0x73686D69;  // "shmi"
constexpr std::int64_t kVersion = std::size(kMigrations);

// SQLite would make the file readable by all; it holds names, addresses and the salts of commitments. The
// files beside it (-wal, -shm) take over its mode.
void create_for_owner(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

Result<void> check_marks(Database& database, const std::filesystem::path& path, OpenMode mode) {
  SHOMEI_TRY(const auto application, database.integer("PRAGMA application_id"));
  SHOMEI_TRY(const auto version, database.integer("PRAGMA user_version"));
  const Parameters p{
      {"path", path.string()}, {"found", std::to_string(version)}, {"known", std::to_string(kVersion)}};
  SHOMEI_TRY(const auto tables, database.integer("SELECT count(*) FROM sqlite_schema"));
  const bool empty = version == 0 && application == 0 && tables == 0;
  if (application != kApplicationId && !empty) return refused("store_foreign", p);
  if (version > kVersion) return refused("home_newer", p);
  if (version < kVersion && mode == OpenMode::read_only) return refused("home_older", p);
  return {};
}

Result<void> expect_not_moved(Database& database, const std::filesystem::path& path) {
  SHOMEI_TRY(const auto to, moved_to(database));
  if (to) return refused("store_moved", {{"path", path.string()}, {"to", *to}});
  return {};
}

// A migration that needs more than SQL has this line between what comes before that and what comes after.
constexpr std::string_view kHalves = "-- halves --";

Result<void> step(Database& database, std::string_view sql) {
  const auto middle = sql.find(kHalves);
  if (middle == std::string_view::npos) return database.execute(sql);
  SHOMEI_CHECK(database.execute(sql.substr(0, middle)));
  SHOMEI_CHECK(fill_second_form(database));
  return database.execute(sql.substr(middle));
}

Result<void> migrate(Database& database) {
  SHOMEI_TRY(const auto version, database.integer("PRAGMA user_version"));
  for (auto next = version; next < kVersion; ++next) SHOMEI_CHECK(step(database, kMigrations[next]));
  if (version == kVersion) return {};
  return database.execute("PRAGMA application_id = " + std::to_string(kApplicationId) +
                          "; PRAGMA user_version = " + std::to_string(kVersion));
}

Result<std::unique_ptr<Database>> connect_with(const std::filesystem::path& path, int flags) {
  SHOMEI_TRY(auto database, Database::open(path, flags, static_cast<int>(kBusyMax.count())));
  // Every commit is on the disk when it returns; what is deleted is overwritten with zeros.
  SHOMEI_CHECK(
      database->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
                        "PRAGMA temp_store = MEMORY"));
  // Opens the files themselves, which SQLite puts off to the first question.
  SHOMEI_CHECK(database->integer("PRAGMA user_version"));
  return database;
}

// Nothing is in the log that the store's own file does not have.
bool log_is_empty(const std::filesystem::path& path) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(path.string() + "-wal", missing);
  return missing == std::errc::no_such_file_or_directory || (!missing && size == 0);
}

// Readers too write beside the store, in the index of its log, and the last to leave clears the log away.
// Where that cannot be (a read-only copy, a full disk), a store without a log is complete in itself and can
// be read as a file that nobody changes.
Result<std::unique_ptr<Database>> connect_to_read(const std::filesystem::path& path) {
  auto database = connect_with(path, SQLITE_OPEN_READWRITE);  // without the right to write SQLite reads only
  const bool no_index =
      !database && (database.error().code == "store_unavailable" || database.error().code == "store_full");
  if (no_index && log_is_empty(path)) database = connect_with(path, SQLITE_OPEN_READONLY | kOpenImmutable);
  if (database) SHOMEI_CHECK((*database)->execute("PRAGMA query_only = ON"));
  return database;
}

// For one large transaction in a file without a log: what comes behind its end needs no copy of what was
// there.
Result<std::unique_ptr<Database>> connect_to_fill(const std::filesystem::path& path) {
  SHOMEI_TRY(auto database, connect_with(path, SQLITE_OPEN_READWRITE));
  SHOMEI_CHECK(database->execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -" +
                                 std::to_string(kFillingMemoryKib)));
  return database;
}

}  // namespace

Result<std::optional<std::string>> moved_to(Database& database) {
  SHOMEI_TRY(const auto moved,
             database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'moved_to'"));
  if (moved == 0) return std::optional<std::string>{};
  SHOMEI_TRY(auto query, database.prepare("SELECT place FROM moved_to"));
  SHOMEI_TRY(const bool found, query.step());
  return found ? std::optional(query.text(0)) : std::nullopt;
}

// Without the log's index nothing but the file itself is needed to read it.
Result<void> make_one_file(const std::filesystem::path& path) {
  SHOMEI_TRY(auto database, connect(path, OpenMode::existing));
  SHOMEI_CHECK(database->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
  SHOMEI_TRY(auto query, database->prepare("PRAGMA journal_mode = DELETE"));
  SHOMEI_CHECK(query.step());
  if (query.text(0) != "delete")
    return unavailable("store_busy", {{"path", path.string()}, {"what", "another has it open"}});
  return {};
}

Result<std::unique_ptr<Database>> connect(const std::filesystem::path& path, OpenMode mode) {
  if (mode == OpenMode::read_only) return connect_to_read(path);
  if (mode == OpenMode::fill) return connect_to_fill(path);
  return connect_with(path, SQLITE_OPEN_READWRITE);
}

Result<void> prepare_file(const std::filesystem::path& path, OpenMode mode) {
  if (mode == OpenMode::create) create_for_owner(path);
  if (::access(path.c_str(), F_OK) != 0) return not_found("store_missing", {{"path", path.string()}});
  SHOMEI_TRY(auto database, connect(path, mode));
  SHOMEI_CHECK(check_marks(*database, path, mode));
  if (mode == OpenMode::read_only || mode == OpenMode::fill) return {};
  SHOMEI_CHECK(expect_not_moved(*database, path));
  SHOMEI_CHECK(database->execute("PRAGMA journal_mode = WAL"));
  SHOMEI_TRY(const auto version, database->integer("PRAGMA user_version"));
  // A store of this form needs no lock: whoever writes in it need not be waited for.
  if (version == kVersion) return {};
  SHOMEI_CHECK(database->execute("BEGIN IMMEDIATE"));
  // Another process may have been here while this one waited.
  SHOMEI_CHECK(check_marks(*database, path, mode));
  SHOMEI_CHECK(migrate(*database));
  return database->execute("COMMIT");
}

}  // namespace shomei::store
