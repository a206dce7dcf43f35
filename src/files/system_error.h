// What errno means for a caller. For the files of this folder, and for who makes or
// moves folders.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace shomei::files {

// not_found "file_missing" for ENOENT and ENOTDIR, unavailable "file_unreadable" for the rest.
Error read_error(const std::filesystem::path& path, int number);
// unavailable "disk_full" for ENOSPC and EDQUOT, conflict "file_exists" for EEXIST, unavailable
// "file_write_failed" for the rest.
Error write_error(const std::filesystem::path& path, int number);

}  // namespace shomei::files
