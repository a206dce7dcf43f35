// What making, checking and restoring a backup have in common.
#pragma once

#include <optional>
#include <string>

#include "home/backup/backup.h"

namespace shomei::home {

// The key with which a journal is proven: the one that somebody kept, else that of the home; none where there
// are no entries.
Result<std::optional<journal::VerifierKey>> key_of_proof(const Layout& home, const journal::Head& head,
                                                         const std::optional<journal::VerifierKey>& kept);

Result<BackupFile> digest_of_file(const Layout& home, const std::string& path);

// Reads the manifest, and whether it is the one that was kept.
Result<Backup> read_backup(const BackupLayout& backup, const BackupTrust& trust);

// The store that stands in `home`, against the manifest: rows, journal, checkpoint.
Result<void> prove_store_of(Backup& backup, const Layout& home, const BackupTrust& trust,
                            const journal::CopyProgress& progress);

}  // namespace shomei::home
