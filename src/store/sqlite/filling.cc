#include "store/sqlite/filling.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/check.h"
#include "files/file.h"
#include "store/sqlite/engine.h"

namespace shomei::store {
namespace {

namespace fs = std::filesystem;

fs::path copy_path(const fs::path& store) {
  return store.string() + ".filling";
}

Error changed(const fs::path& store) {
  return conflict("store_changed", {{"path", store.string()}});
}

Result<journal::Head> head_of(const fs::path& store) {
  SHOMEI_TRY(const auto engine, SqliteEngine::open(store, OpenMode::read_only));
  SHOMEI_TRY(const auto rows, engine->begin(journal::Access::read));
  return rows->head();
}

void remove_all_of(const fs::path& store) {
  std::error_code ignored;
  for (const char* suffix : {"", "-journal", "-wal", "-shm", ".base", ".acts"})
    fs::remove(store.string() + suffix, ignored);
}

class SqliteFilling final : public Filling {
 public:
  SqliteFilling(std::unique_ptr<SqliteEngine> engine, std::unique_ptr<journal::Rows> rows)
      : engine_(std::move(engine)), rows_(std::move(rows)) {}

  Result<journal::Head> head() override { return rows_->head(); }
  Result<std::optional<Bytes>> tile(unsigned level, std::uint64_t index) override {
    return rows_->tile(level, index);
  }
  Result<void> put_residents(std::span<const residents::Resident> residents) override {
    for (const auto& resident : residents) SHOMEI_CHECK(rows_->insert(resident));
    return {};
  }
  Result<void> put_cards(std::span<const residents::CardRecord> cards) override {
    for (const auto& card : cards) SHOMEI_CHECK(rows_->insert(card));
    return {};
  }
  Result<void> put_issues(std::span<const FilledIssue> issues) override {
    for (const auto& issue : issues) {
      SHOMEI_CHECK(rows_->insert(issue.request));
      SHOMEI_CHECK(rows_->insert(issue.certificate));
      for (const auto& entry : issue.entries) SHOMEI_CHECK(rows_->put_entry(entry, {}));
    }
    return {};
  }
  Result<void> put_tiles(std::span<const journal::TreeEdge::Tile> tiles) override {
    for (const auto& tile : tiles) SHOMEI_CHECK(rows_->put_tile(tile.level, tile.index, tile.hashes));
    return {};
  }
  Result<void> finish(const journal::Head& head) override {
    SHOMEI_CHECK(rows_->put_head(head));
    SHOMEI_CHECK(rows_->commit());
    rows_.reset();
    engine_.reset();
    return {};
  }

 private:
  std::unique_ptr<SqliteEngine> engine_;
  std::unique_ptr<journal::Rows> rows_;
};

Result<void> sync(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced)
    return unavailable("store_unavailable", {{"path", path.string()}, {"what", "it cannot be synced"}});
  return {};
}

}  // namespace

// Where the original ended is kept beside the copy, to see whether anybody has written since.
Result<std::unique_ptr<Filling>> fill_copy_of(const fs::path& store) {
  const auto copy = copy_path(store);
  remove_all_of(copy);
  SHOMEI_TRY(const auto base, head_of(store));
  SHOMEI_CHECK(files::create_file(copy, {}));  // its owner's alone, as SQLite would not make it
  {
    SHOMEI_TRY(const auto original,
               Database::open(store, SQLITE_OPEN_READWRITE, static_cast<int>(kBusyMax.count())));
    SHOMEI_TRY(auto copying, original->prepare("VACUUM INTO ?"));
    SHOMEI_CHECK(copying.bind(copy.string()).run());
  }
  SHOMEI_CHECK(files::create_file(copy.string() + ".base", view(base.checkpoint)));
  SHOMEI_TRY(auto engine, SqliteEngine::open(copy, OpenMode::fill));
  SHOMEI_TRY(auto rows, engine->begin(journal::Access::write));
  SHOMEI_TRY(const auto copied, rows->head());
  if (copied.checkpoint != base.checkpoint) return changed(store);
  return std::unique_ptr<Filling>(std::make_unique<SqliteFilling>(std::move(engine), std::move(rows)));
}

Result<void> take_place_of(const fs::path& store) {
  constexpr std::size_t kCheckpointBytesMax = 64 * 1024;
  const auto copy = copy_path(store);
  SHOMEI_TRY(const auto base, files::read_file(copy.string() + ".base", kCheckpointBytesMax));
  // The log again, as everybody expects it; and the copy is of the form that it should be.
  SHOMEI_CHECK(SqliteEngine::open(copy, OpenMode::existing));
  SHOMEI_CHECK(sync(copy));
  SHOMEI_TRY(const auto now, head_of(store));
  std::error_code ignored;
  if (now.checkpoint != to_text(base) || fs::exists(store.string() + "-wal", ignored)) return changed(store);
  std::error_code failed;
  fs::rename(copy, store, failed);
  if (failed) return unavailable("store_unavailable", {{"path", store.string()}, {"what", failed.message()}});
  SHOMEI_CHECK(files::sync_folder(store.parent_path()));
  remove_all_of(copy);
  return {};
}

}  // namespace shomei::store
