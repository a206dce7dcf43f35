// Backups of a home: a folder with a manifest, the files of the home, and its store as one SQLite file,
// copied from one view of whichever engine keeps it while others go on writing (docs/formats/backup.md). No
// secret is in it that is not sealed. It appears whole under its name or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "home/backup/manifest.h"
#include "home/home.h"
#include "home/store_settings.h"
#include "journal/copy/copy.h"

namespace shomei::home {

struct Backup {
  Manifest manifest;
  crypto::Sha256 manifest_sha256{};  // of the file: who keeps it finds out any change of the backup
  journal::VerifyReport journal;     // all zero where there are no entries
};

// Of a home that was opened, for reading too. conflict "backup_exists" {path}; what copy_store says.
Result<Backup> make_backup(const Home& home, const std::filesystem::path& out,
                           const journal::CopyProgress& progress = {});

// What somebody kept elsewhere, against whoever can change the whole backup.
struct BackupTrust {
  std::optional<journal::VerifierKey> key;  // else that of the backup
  std::optional<std::string> since;         // a checkpoint: an older backup is found
  std::optional<crypto::Sha256> manifest_sha256;
};

// Verifies every file, every row and the whole journal, and writes nothing. not_found "backup_missing"
// {path}; refused "backup_manifest_differs", "backup_file_missing" {name}, "backup_file_differs" {name},
// "backup_file_unknown" {name}, "journal_not_proven"; internal "copy_differs"; what parse_manifest says.
Result<Backup> check_backup(const std::filesystem::path& folder, const BackupTrust& trust,
                            const journal::CopyProgress& progress = {});

// Makes a home of a backup that it verifies on the way, with its store where `store` says. conflict
// "home_exists", "store_not_empty"; what check_backup says. The home appears whole or not at all.
Result<Backup> restore_home(const std::filesystem::path& folder, const std::filesystem::path& root,
                            const StoreSettings& store, const BackupTrust& trust,
                            const journal::CopyProgress& progress = {});

// Where things stand in a backup.
struct BackupLayout {
  std::filesystem::path root;
  std::filesystem::path manifest() const { return root / "manifest.json"; }
  Layout home() const { return {root / "home"}; }
};

}  // namespace shomei::home
