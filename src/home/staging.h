// A folder that is filled under another name beside its own, takes its own once it is whole, and goes away
// when something fails before that. A process that is killed leaves NAME.new.XXXXXX behind, which nothing
// reads.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace shomei::home {

class Staging {
 public:
  // Closed to others (0700). unavailable "disk_full", "file_write_failed".
  static Result<Staging> make(const std::filesystem::path& root);
  Staging(Staging&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Staging& operator=(Staging&&) = delete;
  ~Staging();
  const std::filesystem::path& path() const { return path_; }  // empty once it has become what it is for

  // conflict "home_exists" {home} where there is something by that name that is no empty folder.
  Result<void> become(const std::filesystem::path& root);

 private:
  explicit Staging(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace shomei::home
