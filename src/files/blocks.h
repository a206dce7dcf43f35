// Files of any length, block by block.
// Errors carry the parameters `path` and, where the system has one, `system`.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::files {

using EachBlock = std::function<Result<void>(ByteView)>;

// Stops at the first error of `each` and gives it back. not_found "file_missing"; unavailable
// "file_unreadable".
Result<void> read_blocks(const std::filesystem::path& path, const EachBlock& each);

// Into a file that is not there yet, as long as `each` agrees; on the disk when it returns. For folders that
// are made whole elsewhere: an interrupted copy stays as far as it went. conflict "file_exists"; unavailable
// "disk_full", "file_write_failed".
Result<void> copy_blocks(const std::filesystem::path& from, const std::filesystem::path& to, mode_t mode,
                         const EachBlock& each);

}  // namespace shomei::files
