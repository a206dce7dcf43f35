#include "home/move/move_store.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/file.h"
#include "files/lock.h"
#include "files/system_error.h"
#include "home/backup/store_of_backup.h"
#include "home/move/store_in_settings.h"
#include "home/open_store.h"
#include "home/settings.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr int kSetAsideMax = 1000;
// SQLite's own files beside a store.
constexpr const char* kEndings[] = {"", "-wal", "-shm"};

Result<std::string> settings_text(const Layout& layout) {
  auto text = files::read_file(layout.settings(), kSettingsBytesMax);
  if (!text && text.error().code == "file_missing")
    return not_found("home_missing", {{"home", layout.root.string()}});
  if (!text) return text.error();
  return to_text(*text);
}

std::string shown(const Layout& layout, const StoreSettings& store) {
  return store.url.empty() ? layout.store().string() : shown_database(store);
}

Result<void> rename_file(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return files::write_error(to, errno);
  return {};
}

Result<void> put_settings_in_place(const Layout& layout) {
  SHOMEI_CHECK(rename_file(layout.next_settings(), layout.settings()));
  return files::sync_folder(layout.root);
}

// Nothing is deleted that was somebody's store. Where it is now; "" where there was none.
Result<std::string> set_aside(const fs::path& store) {
  std::error_code ignored;
  if (!fs::exists(store, ignored)) return std::string();
  for (int number = 1; number < kSetAsideMax; ++number) {
    const std::string name = store.string() + ".moved-" + std::to_string(number);
    if (fs::exists(name, ignored)) continue;
    for (const auto* ending : kEndings)
      if (fs::exists(store.string() + ending, ignored))
        SHOMEI_CHECK(rename_file(store.string() + ending, name + ending));
    SHOMEI_CHECK(files::sync_folder(store.parent_path()));
    return name;
  }
  return conflict("file_exists", {{"path", store.string() + ".moved-*"}});
}

Result<std::optional<std::string>> retired_to(const Layout& layout, const StoreSettings& settings) {
  SHOMEI_TRY(const auto engine, open_store(layout, settings, store::OpenMode::read_only));
  SHOMEI_TRY(const auto rows, engine->begin(journal::Access::read));
  return rows->retired_to();
}

Result<Settled> settle(const Layout& layout) {
  std::error_code ignored;
  if (!fs::exists(layout.next_settings(), ignored)) return Settled::nothing;
  SHOMEI_TRY(const auto text, settings_text(layout));
  SHOMEI_TRY(const auto settings, parse_settings(text));
  SHOMEI_TRY(const auto to, retired_to(layout, settings.store));
  if (to) {
    SHOMEI_CHECK(put_settings_in_place(layout));
    return Settled::completed;
  }
  if (::unlink(layout.next_settings().c_str()) != 0) return files::write_error(layout.next_settings(), errno);
  return Settled::taken_back;
}

Result<FilledStore> fill_file(const fs::path& path, journal::Rows& from,
                              const journal::ProofOptions& options) {
  SHOMEI_TRY(const auto engine, store::SqliteEngine::open(path, store::OpenMode::create));
  return fill_store(from, *engine, options);
}

// The new store, filled. A file is filled under another name, so that it is there whole or not at all.
Result<FilledStore> fill_new_store(const Layout& layout, const StoreSettings& to, journal::Rows& from,
                                   const journal::ProofOptions& options) {
  if (!to.url.empty()) {
    SHOMEI_TRY(const auto engine, open_store(layout, to, store::OpenMode::create));
    return fill_store(from, *engine, options);
  }
  const fs::path unfinished = layout.store().string() + ".new";
  std::error_code ignored;
  for (const auto* ending : kEndings) fs::remove(unfinished.string() + ending, ignored);
  SHOMEI_TRY(auto filled, fill_file(unfinished, from, options));
  SHOMEI_CHECK(store::make_one_file(unfinished));
  SHOMEI_CHECK(set_aside(layout.store()));
  SHOMEI_CHECK(rename_file(unfinished, layout.store()));
  SHOMEI_CHECK(files::sync_folder(layout.root));
  return filled;
}

Result<files::FileLock> lock_moves(const Layout& layout) {
  auto lock = files::FileLock::take(layout.move_lock());
  if (!lock && lock.error().code == "file_locked")
    return conflict("move_under_way", {{"home", layout.root.string()}});
  return lock;
}

// From here on the old store refuses whoever writes, and a next opening goes to the new one.
Result<void> switch_over(const Layout& layout, std::string_view settings, const std::string& to,
                         journal::Rows& from) {
  SHOMEI_CHECK(files::replace_file(layout.next_settings(), view(settings), files::kReadableByAll));
  auto retired = from.retire(to);
  if (retired) retired = from.commit();
  if (!retired) return retired.error();
  return put_settings_in_place(layout);
}

}  // namespace

// The file is not made for the question: a home that is never moved has none.
bool move_is_under_way(const Layout& layout) {
  std::error_code ignored;
  if (!fs::exists(layout.move_lock(), ignored)) return false;
  const auto lock = files::FileLock::take(layout.move_lock(), files::Sharing::shared);
  return !lock && lock.error().code == "file_locked";
}

Result<Settled> settle_move(const Layout& layout) {
  std::error_code ignored;
  if (!fs::exists(layout.next_settings(), ignored)) return Settled::nothing;
  // Held while a move is under way; and who may not write here leaves the end to who may.
  const auto lock = lock_moves(layout);
  return lock ? settle(layout) : Settled::nothing;
}

Result<MovedStore> move_store(const fs::path& root, const StoreSettings& to,
                              const journal::CopyProgress& progress) {
  const Layout layout{root};
  SHOMEI_CHECK(settings_text(layout));
  SHOMEI_TRY(const auto lock, lock_moves(layout));
  SHOMEI_CHECK(settle(layout));
  SHOMEI_TRY(const auto text, settings_text(layout));
  SHOMEI_TRY(const auto settings, parse_settings(text));
  MovedStore moved{shown(layout, settings.store), shown(layout, to), "", {}};
  if (settings.store.url == to.url) return refused("store_there_already", {{"path", moved.to}});
  SHOMEI_TRY(const auto next, with_store(text, to));
  SHOMEI_TRY(auto engine, open_store(layout, settings.store, store::OpenMode::existing));
  SHOMEI_TRY(auto alone, engine->hold_acts(journal::Hold::alone));
  if (!alone) return conflict("acts_under_way", {{"home", root.string()}});
  {
    // Whoever writes without holding acts, as a service that publishes lists does, waits for this one.
    SHOMEI_TRY(const auto from, engine->begin(journal::Access::write));
    SHOMEI_TRY(const auto head, from->head());
    SHOMEI_TRY(auto key, key_of_proof(layout, head, {}));
    SHOMEI_TRY(moved.filled,
               fill_new_store(layout, to, *from, {.key = std::move(key), .progress = progress}));
    SHOMEI_CHECK(switch_over(layout, next, moved.to, *from));
  }
  alone.reset();
  engine.reset();
  moved.kept_at = moved.from;
  if (settings.store.url.empty()) {
    SHOMEI_TRY(moved.kept_at, set_aside(layout.store()));
  }
  return moved;
}

}  // namespace shomei::home
