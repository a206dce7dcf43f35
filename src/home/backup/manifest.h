// Manifest: what a backup says about itself (docs/formats/backup.md): where the journal ended, how many rows
// of each kind the store has with a digest of each kind, every file with its digest, and what is not in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "journal/copy/row_digest.h"

namespace shomei::home {

inline constexpr std::uint64_t kBackupFormat = 1;
inline constexpr std::size_t kManifestBytesMax = 256 * 1024 * 1024;  // a line for each virtual card

struct BackupFile {
  std::string path;  // in the home, with '/': "keys/signature-1.key"
  std::uint64_t bytes = 0;
  crypto::Sha256 sha256{};
};

// What a restored home needs beside the backup.
struct LeftOut {
  std::string what;  // "keys/home.key", "key signature-1", "list /srv/lists/pwned.keys"
  std::string why;   // kBare, "token:root", kElsewhere
};
inline constexpr std::string_view kBare = "bare";            // not sealed under a passphrase
inline constexpr std::string_view kElsewhere = "elsewhere";  // not in the folder of its kind

struct Manifest {
  Instant made_at;
  std::string software;
  std::string origin;      // of the journal
  std::string checkpoint;  // a signed note; empty while there are no entries
  std::uint64_t entries = 0;
  journal::StoreDigest rows;
  std::vector<BackupFile> files;  // in ascending order of paths
  std::vector<LeftOut> left_out;
};

std::string encode_manifest(const Manifest& manifest);
// malformed "backup_form" {what}; refused "backup_newer" {found, known}. A path that leads out of the home,
// or comes twice, is malformed.
Result<Manifest> parse_manifest(std::string_view text);

}  // namespace shomei::home
