// MappedFile: a file looked into where it lies, for what is too large to be read whole. It is of files that
// are replaced and never written in their place, as replace_file does it: one that is cut short while it is
// mapped ends the process.
#pragma once

#include <filesystem>
#include <utility>

#include "base/bytes.h"
#include "base/result.h"

namespace shomei::files {

class MappedFile {
 public:
  // not_found "file_missing"; unavailable "file_unreadable".
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();
  ByteView bytes() const { return bytes_; }

 private:
  explicit MappedFile(ByteView bytes) : bytes_(bytes) {}
  ByteView bytes_;
};

}  // namespace shomei::files
