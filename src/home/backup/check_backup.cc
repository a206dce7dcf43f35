#include <algorithm>

#include "crypto/digest_stream.h"
#include "files/blocks.h"
#include "files/file.h"
#include "files/system_error.h"
#include "home/backup/backup.h"
#include "home/backup/store_of_backup.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kVerifierKeyBytesMax = 4096;

Result<void> check_file(const Layout& home, const BackupFile& wanted) {
  const auto found = digest_of_file(home, wanted.path);
  if (!found && found.error().code == "file_missing")
    return refused("backup_file_missing", {{"name", wanted.path}});
  if (!found) return found.error();
  if (found->bytes != wanted.bytes || found->sha256 != wanted.sha256)
    return refused("backup_file_differs", {{"name", wanted.path}});
  return {};
}

// What the manifest does not name was put there by somebody else.
Result<void> expect_no_other(const Layout& home, const Manifest& manifest) {
  std::error_code failed;
  for (auto at = fs::recursive_directory_iterator(home.root, failed);
       !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    if (at->is_directory() && !at->is_symlink()) continue;
    const auto path = at->path().lexically_relative(home.root).generic_string();
    if (!std::ranges::binary_search(manifest.files, path, {}, &BackupFile::path))
      return refused("backup_file_unknown", {{"name", path}});
  }
  return failed ? files::read_error(home.root, failed.value()) : Result<void>{};
}

}  // namespace

Result<std::optional<journal::VerifierKey>> key_of_proof(const Layout& home, const journal::Head& head,
                                                         const std::optional<journal::VerifierKey>& kept) {
  if (kept || head.size == 0) return kept;
  SHOMEI_TRY(const auto text, files::read_file(home.checkpoint_key(), kVerifierKeyBytesMax));
  std::string line = to_text(text);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  SHOMEI_TRY(auto key, journal::parse_verifier_key(line));
  return std::optional(std::move(key));
}

Result<BackupFile> digest_of_file(const Layout& home, const std::string& path) {
  BackupFile file{path, 0, {}};
  crypto::Sha256Stream digest;
  SHOMEI_CHECK(files::read_blocks(home.root / path, [&](ByteView block) -> Result<void> {
    digest.add(block);
    file.bytes += block.size();
    return {};
  }));
  file.sha256 = digest.finish();
  return file;
}

Result<Backup> read_backup(const BackupLayout& layout, const BackupTrust& trust) {
  const auto text = files::read_file(layout.manifest(), kManifestBytesMax);
  if (!text && text.error().code == "file_missing")
    return not_found("backup_missing", {{"path", layout.root.string()}});
  if (!text) return text.error();
  Backup backup;
  backup.manifest_sha256 = crypto::sha256(*text);
  if (trust.manifest_sha256 && *trust.manifest_sha256 != backup.manifest_sha256)
    return refused("backup_manifest_differs", {{"sha256", to_hex(backup.manifest_sha256)}});
  auto manifest = parse_manifest(to_text(*text));
  if (!manifest) return std::move(manifest).error().with("file", layout.manifest().string());
  backup.manifest = *std::move(manifest);
  return backup;
}

Result<void> prove_store_of(Backup& backup, const Layout& home, const BackupTrust& trust,
                            const journal::CopyProgress& progress) {
  SHOMEI_TRY(const auto engine, store::SqliteEngine::open(home.store(), store::OpenMode::read_only));
  SHOMEI_TRY(const auto rows, engine->begin(journal::Access::read));
  SHOMEI_TRY(const auto head, rows->head());
  if (head.checkpoint != backup.manifest.checkpoint || head.size != backup.manifest.entries)
    return refused("backup_file_differs", {{"name", home.store().filename().string()}});
  SHOMEI_TRY(auto key, key_of_proof(home, head, trust.key));
  journal::ProofOptions options{.key = std::move(key), .since = trust.since, .progress = progress};
  // Where there are no entries no checkpoint can be continued.
  if (head.size == 0 && trust.since) return refused("backup_has_no_journal");
  SHOMEI_TRY(auto proof, journal::prove_store(*rows, backup.manifest.rows, options));
  backup.journal = std::move(proof.journal);
  return {};
}

Result<Backup> check_backup(const fs::path& folder, const BackupTrust& trust,
                            const journal::CopyProgress& progress) {
  const BackupLayout layout{folder};
  SHOMEI_TRY(auto backup, read_backup(layout, trust));
  for (const auto& file : backup.manifest.files) SHOMEI_CHECK(check_file(layout.home(), file));
  SHOMEI_CHECK(expect_no_other(layout.home(), backup.manifest));
  SHOMEI_CHECK(prove_store_of(backup, layout.home(), trust, progress));
  return backup;
}

}  // namespace shomei::home
