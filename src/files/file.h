// Whole files, read with a limit and written so that a power cut leaves the old content or the new, never a
// mixture: a temporary file in the same folder, write, fsync, rename, fsync of the folder. A cut may leave a
// temporary file ".<name>.XXXXXX" behind; nothing reads it.
// Errors carry the parameters `path` and, where the system has one, `system` (its text).
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace shomei::files {

inline constexpr mode_t kOwnerOnly = 0600;
inline constexpr mode_t kReadableByAll = 0644;

// not_found "file_missing"; unavailable "file_unreadable"; malformed "file_too_large" over bytes_max.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max);
Result<SecretBytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max);

// Writes the file anew, whether it was there or not. unavailable "disk_full", "file_write_failed": the old
// content stands, unless it was the very last step, the fsync of the folder, that failed; then the new one is
// there and may be gone after a power cut.
Result<void> replace_file(const std::filesystem::path& path, ByteView content, mode_t mode = kOwnerOnly);

// The same for content that is made while it is written, piece by piece. Stops at the first error of
// `content` and gives it back; the old content stands then.
using WritePiece = std::function<Result<void>(ByteView)>;
Result<void> replace_file(const std::filesystem::path& path,
                          const std::function<Result<void>(const WritePiece&)>& content,
                          mode_t mode = kOwnerOnly);

// The same for a file that must not be there yet: conflict "file_exists".
Result<void> create_file(const std::filesystem::path& path, ByteView content, mode_t mode = kOwnerOnly);

// A name that was made or moved in the folder is there after a power cut. As replace_file fails.
Result<void> sync_folder(const std::filesystem::path& folder);

// Makes the folder, for its owner alone, where it is not there yet. As replace_file fails.
Result<void> make_own_folder(const std::filesystem::path& folder);

// For a path that a person names. A regular file, and a name that is not there yet, are replaced as above, at
// the end of the symbolic links; a device, a pipe or a socket stays and gets the content written into it.
Result<void> write_output(const std::filesystem::path& path, ByteView content, mode_t mode = kReadableByAll);

}  // namespace shomei::files
