#include "files/blocks.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace shomei::files {
namespace {

constexpr std::size_t kBlockBytes = 1024 * 1024;

}  // namespace

Result<void> read_blocks(const std::filesystem::path& path, const EachBlock& each) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return read_error(path, errno);
  Bytes block(kBlockBytes);
  while (true) {
    const auto count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return read_error(path, errno);
    if (count == 0) return {};
    SHOMEI_CHECK(each(ByteView(block).first(static_cast<std::size_t>(count))));
  }
}

Result<void> copy_blocks(const std::filesystem::path& from, const std::filesystem::path& to, mode_t mode,
                         const EachBlock& each) {
  const Descriptor file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file) return write_error(to, errno);
  const auto copied = read_blocks(from, [&](ByteView block) -> Result<void> {
    SHOMEI_CHECK(each(block));
    if (!write_all(file.get(), block)) return write_error(to, errno);
    return {};
  });
  SHOMEI_CHECK(copied);
  if (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0) return write_error(to, errno);
  return {};
}

}  // namespace shomei::files
