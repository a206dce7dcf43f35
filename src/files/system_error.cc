#include "files/system_error.h"

#include <cerrno>
#include <system_error>

namespace shomei::files {
namespace {

Parameters parameters(const std::filesystem::path& path, int number) {
  return {{"path", path.string()}, {"system", std::generic_category().message(number)}};
}

}  // namespace

Error read_error(const std::filesystem::path& path, int number) {
  if (number == ENOENT || number == ENOTDIR) return not_found("file_missing", parameters(path, number));
  return unavailable("file_unreadable", parameters(path, number));
}

Error write_error(const std::filesystem::path& path, int number) {
  if (number == ENOSPC || number == EDQUOT) return unavailable("disk_full", parameters(path, number));
  if (number == EEXIST) return conflict("file_exists", parameters(path, number));
  return unavailable("file_write_failed", parameters(path, number));
}

}  // namespace shomei::files
