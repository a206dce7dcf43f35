// FileLock: a lock (flock) on a file that is made for the purpose. The system lets go of it when the holder
// ends, however it ends. Lock a file of its own, for instance "<path>.lock": replace_file puts another file
// in the place of the first, and a lock would stay with the old one.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "files/descriptor.h"

namespace shomei::files {

enum class Sharing { exclusive, shared };

class FileLock {
 public:
  // Makes the file when it is missing. Waits for nobody, since a process that waits in flock hears no signal:
  // conflict "file_locked" when another holds it. unavailable "file_write_failed" or "disk_full" when the
  // file cannot be made.
  static Result<FileLock> take(const std::filesystem::path& path, Sharing sharing = Sharing::exclusive);

 private:
  explicit FileLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

}  // namespace shomei::files
