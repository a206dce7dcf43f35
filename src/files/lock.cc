#include "files/lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "files/file.h"
#include "files/system_error.h"

namespace shomei::files {

Result<FileLock> FileLock::take(const std::filesystem::path& path, Sharing sharing) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
  if (!file) return write_error(path, errno);
  const int operation = (sharing == Sharing::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  while (::flock(file.get(), operation) != 0) {
    if (errno == EWOULDBLOCK) return conflict("file_locked", {{"path", path.string()}});
    if (errno != EINTR) return write_error(path, errno);
  }
  return FileLock(std::move(file));
}

}  // namespace shomei::files
