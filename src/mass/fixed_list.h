// FixedList: the file that says which certificates a mass act is about, fixed before anybody approves it
// (docs/formats/mass-act.md has every byte). Its SHA-256 stands in the journal, and it is read only where it
// is that file still.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/calendar.h"
#include "base/identifier.h"
#include "crypto/digest.h"
#include "crypto/digest_stream.h"
#include "files/file.h"
#include "files/mapped_file.h"
#include "pki/serial_number.h"

namespace shomei::mass {

// A certificate of the list.
struct Line {
  std::string authority;
  pki::SerialNumber serial;
  std::string municipality;  // the partition of its revocation lists; empty where it has none
  ResidentId resident;       // empty where nobody holds it
  Date last_day;
  bool operator==(const Line&) const = default;
};

// Writes a list piece by piece.
class ListWriter {
 public:
  // Borrowed.
  explicit ListWriter(const files::WritePiece& write);
  Result<void> add(const Line& line);
  Result<crypto::Sha256> finish();

 private:
  Result<void> flush();
  const files::WritePiece& write_;
  std::string buffer_;
  crypto::Sha256Stream digest_;
};

class FixedList {
 public:
  // not_found "mass_list_missing" {path}; refused "mass_list_altered" {path} when it is another file than the
  // one of that digest.
  static Result<FixedList> open(const std::filesystem::path& path, const crypto::Sha256& digest);
  std::uint64_t size() const { return size_; }
  // The lines from `first` on, in order, until `each` returns false. malformed "mass_list_form" {line}.
  Result<void> each(std::uint64_t first, const std::function<bool(const Line&)>& each) const;
  // The resident's, by their places from 0 on. Only these are parsed. As above.
  Result<std::map<std::uint64_t, Line>> of_resident(const ResidentId& resident) const;

 private:
  explicit FixedList(files::MappedFile file) : file_(std::move(file)) {}
  Result<void> look_through();
  std::string_view lines_from(std::uint64_t first) const;

  static constexpr std::uint64_t kMarkEvery = 1024;
  files::MappedFile file_;
  std::uint64_t size_ = 0;
  std::vector<std::size_t> marks_;  // where every so many lines begin
};

}  // namespace shomei::mass
