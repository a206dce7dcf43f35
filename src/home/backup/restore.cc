#include <algorithm>

#include "crypto/digest_stream.h"
#include "files/blocks.h"
#include "files/file.h"
#include "home/backup/backup.h"
#include "home/backup/home_files.h"
#include "home/backup/store_of_backup.h"
#include "home/move/fill_store.h"
#include "home/move/store_in_settings.h"
#include "home/open_store.h"
#include "home/staging.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;

// What is written is what was verified: the file is read once.
Result<void> take_file(const Layout& from, const Layout& to, const BackupFile& wanted) {
  crypto::Sha256Stream digest;
  const auto differs = [&] { return refused("backup_file_differs", {{"name", wanted.path}}); };
  std::uint64_t bytes = 0;
  const auto copied = files::copy_blocks(from.root / wanted.path, to.root / wanted.path,
                                         mode_in_home(wanted.path), [&](ByteView block) -> Result<void> {
                                           digest.add(block);
                                           bytes += block.size();
                                           return bytes <= wanted.bytes ? Result<void>{} : differs();
                                         });
  if (!copied && copied.error().code == "file_missing")
    return refused("backup_file_missing", {{"name", wanted.path}});
  SHOMEI_CHECK(copied);
  if (bytes != wanted.bytes || digest.finish() != wanted.sha256) return differs();
  return {};
}

Result<void> set_store_of(const Layout& home, const StoreSettings& store) {
  SHOMEI_TRY(const auto text, files::read_file(home.settings(), kSettingsBytesMax));
  SHOMEI_TRY(const auto changed, with_store(to_text(text), store));
  return files::replace_file(home.settings(), view(changed), files::kReadableByAll);
}

// From the file of the backup, which is gone then, into a database.
Result<void> move_into(const Layout& home, const StoreSettings& store, const BackupTrust& trust,
                       const journal::CopyProgress& progress) {
  {
    SHOMEI_TRY(const auto file, store::SqliteEngine::open(home.store(), store::OpenMode::read_only));
    SHOMEI_TRY(const auto from, file->begin(journal::Access::read));
    SHOMEI_TRY(const auto head, from->head());
    SHOMEI_TRY(auto key, key_of_proof(home, head, trust.key));
    SHOMEI_TRY(const auto database, open_store(home, store, store::OpenMode::create));
    SHOMEI_CHECK(fill_store(*from, *database, {.key = std::move(key), .progress = progress}));
  }
  std::error_code failed;
  fs::remove(home.store(), failed);
  return {};
}

}  // namespace

Result<Backup> restore_home(const fs::path& folder, const fs::path& root, const StoreSettings& store,
                            const BackupTrust& trust, const journal::CopyProgress& progress) {
  std::error_code ignored;
  if (fs::exists(root, ignored) && !(fs::is_directory(root, ignored) && fs::is_empty(root, ignored)))
    return conflict("home_exists", {{"home", root.string()}});
  const BackupLayout from{folder};
  SHOMEI_TRY(auto backup, read_backup(from, trust));
  SHOMEI_TRY(auto staging, Staging::make(fs::path(root).lexically_normal()));
  const Layout home{staging.path()};
  SHOMEI_CHECK(make_home_folders(home));
  for (const auto& file : backup.manifest.files) SHOMEI_CHECK(take_file(from.home(), home, file));
  SHOMEI_CHECK(set_store_of(home, store));
  SHOMEI_CHECK(prove_store_of(backup, home, trust, progress));
  if (!store.url.empty()) SHOMEI_CHECK(move_into(home, store, trust, progress));
  SHOMEI_CHECK(sync_home_folders(home));
  SHOMEI_CHECK(staging.become(root));
  return backup;
}

}  // namespace shomei::home
