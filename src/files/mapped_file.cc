#include "files/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace shomei::files {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return read_error(path, errno);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return read_error(path, errno);
  if (!S_ISREG(about.st_mode)) return read_error(path, S_ISDIR(about.st_mode) ? EISDIR : EINVAL);
  if (about.st_size == 0) return MappedFile({});  // nothing is not mapped
  const auto length = static_cast<std::size_t>(about.st_size);
  void* const at = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (at == MAP_FAILED) return read_error(path, errno);
  return MappedFile({static_cast<const std::uint8_t*>(at), length});
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace shomei::files
