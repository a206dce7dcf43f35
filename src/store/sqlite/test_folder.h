// Where a test has its store.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace shomei::store {

// A folder that goes when the test goes.
class Folder {
 public:
  explicit Folder(const std::string& kind = "") {
    std::string name =
        (std::filesystem::temp_directory_path() / ("shomei-store-" + kind + "XXXXXX")).string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path store() const { return path_ / "store.sqlite"; }

 private:
  std::filesystem::path path_;
};

}  // namespace shomei::store
