#include "home/staging.h"

#include <stdlib.h>

#include <cerrno>
#include <cstdio>

#include "files/file.h"
#include "files/system_error.h"

namespace shomei::home {

namespace fs = std::filesystem;

Result<Staging> Staging::make(const fs::path& root) {
  std::error_code ignored;
  if (root.has_parent_path()) fs::create_directories(root.parent_path(), ignored);
  std::string name = root.string() + ".new.XXXXXX";
  if (!::mkdtemp(name.data())) return files::write_error(root, errno);
  return Staging(name);
}

Staging::~Staging() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<void> Staging::become(const fs::path& root) {
  if (::rename(path_.c_str(), root.c_str()) != 0) {
    if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
      return conflict("home_exists", {{"home", root.string()}});
    return files::write_error(root, errno);
  }
  path_.clear();
  return files::sync_folder(root.has_parent_path() ? root.parent_path() : fs::path("."));
}

}  // namespace shomei::home
