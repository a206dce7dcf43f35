#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/version.h"
#include "crypto/digest_stream.h"
#include "files/blocks.h"
#include "files/file.h"
#include "files/system_error.h"
#include "home/backup/backup.h"
#include "home/backup/home_files.h"
#include "home/backup/store_of_backup.h"
#include "home/staging.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

// Copies a file and says what was copied. Files of a home are replaced whole, never changed: what was opened
// is one of its versions.
Result<BackupFile> keep_file(const Layout& from, const Layout& to, const std::string& path) {
  BackupFile file{path, 0, {}};
  crypto::Sha256Stream digest;
  SHOMEI_CHECK(files::copy_blocks(from.root / path, to.root / path, files::kOwnerOnly,
                                  [&](ByteView block) -> Result<void> {
                                    digest.add(block);
                                    file.bytes += block.size();
                                    return {};
                                  }));
  file.sha256 = digest.finish();
  return file;
}

Result<void> keep_files(const Layout& from, const Layout& to, std::vector<BackupFile>& into) {
  if (::mkdir(to.root.c_str(), 0700) != 0) return files::write_error(to.root, errno);
  SHOMEI_CHECK(make_home_folders(to));
  SHOMEI_TRY(const auto paths, files_to_keep(from));
  for (const auto& path : paths) {
    auto kept = keep_file(from, to, path);
    // A card may be thrown away between the list and here.
    if (!kept && kept.error().code == "file_missing") continue;
    if (!kept) return kept.error();
    into.push_back(*std::move(kept));
  }
  return {};
}

Result<journal::StoreProof> copy_into(const fs::path& path, journal::Rows& from,
                                      const journal::ProofOptions& options) {
  SHOMEI_TRY(const auto engine, store::SqliteEngine::open(path, store::OpenMode::create));
  SHOMEI_TRY(const auto to, engine->begin(journal::Access::write));
  SHOMEI_TRY(auto proof, journal::copy_store(from, *to, options));
  SHOMEI_CHECK(to->commit());
  return proof;
}

Result<void> sync_folders(const Layout& home) {
  std::error_code failed;
  for (const auto& entry : fs::recursive_directory_iterator(home.root.parent_path(), failed))
    if (entry.is_directory()) SHOMEI_CHECK(files::sync_folder(entry.path()));
  return failed ? files::read_error(home.root, failed.value()) : Result<void>{};
}

}  // namespace

// The view of the store is taken first: cards and keys may be a little newer than what it says of them, as a
// card in somebody's hand is, never older.
Result<Backup> make_backup(const Home& home, const fs::path& out, const journal::CopyProgress& progress) {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(out, ignored)))
    return conflict("backup_exists", {{"path", out.string()}});
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto head, rows->head());
  SHOMEI_TRY(auto staging, Staging::make(out));
  const BackupLayout layout{staging.path()};
  Backup backup;
  Manifest& manifest = backup.manifest;
  manifest.made_at = home.clock().now();
  manifest.software = kSoftware;
  manifest.origin = home.settings().journal_origin;
  SHOMEI_CHECK(keep_files(home.layout(), layout.home(), manifest.files));
  SHOMEI_TRY(manifest.left_out, left_out_of(home, *rows));
  SHOMEI_TRY(auto key, key_of_proof(layout.home(), head, {}));
  SHOMEI_TRY(auto proof,
             copy_into(layout.home().store(), *rows, {.key = std::move(key), .progress = progress}));
  SHOMEI_CHECK(store::make_one_file(layout.home().store()));
  manifest.entries = proof.head.size;
  manifest.checkpoint = proof.head.checkpoint;
  manifest.rows = proof.digest;
  SHOMEI_TRY(const auto store, digest_of_file(layout.home(), layout.home().store().filename().string()));
  manifest.files.push_back(store);
  std::ranges::sort(manifest.files, {}, &BackupFile::path);
  backup.journal = std::move(proof.journal);
  const auto text = encode_manifest(manifest);
  backup.manifest_sha256 = crypto::sha256(view(text));
  SHOMEI_CHECK(files::replace_file(layout.manifest(), view(text)));
  SHOMEI_CHECK(sync_folders(layout.home()));
  const auto became = staging.become(out);
  if (!became && became.error().code == "home_exists")
    return conflict("backup_exists", {{"path", out.string()}});
  if (!became) return became.error();
  return backup;
}

}  // namespace shomei::home
