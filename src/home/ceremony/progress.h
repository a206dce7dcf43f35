// Progress: which keys a ceremony has set out to make, on the disk before each is made, so that the same
// ceremony file takes up its own keys after a crash and no others.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "base/result.h"
#include "crypto/digest.h"

namespace shomei::home {

// The file name, without its ending, of what is kept of a ceremony: the first 16 hexadecimal digits of the
// digest of its file.
std::string kept_name(const crypto::Sha256& digest);

class Progress {
 public:
  // Reads what is there. Kept in memory alone when `folder` is empty. malformed "progress_form" {path}.
  static Result<Progress> open(const std::filesystem::path& folder, const crypto::Sha256& digest);
  bool noted(const std::string& key_name) const { return keys_.contains(key_name); }
  Result<void> note(const std::string& key_name);

 private:
  explicit Progress(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;  // empty: in memory alone
  std::set<std::string> keys_;
};

}  // namespace shomei::home
