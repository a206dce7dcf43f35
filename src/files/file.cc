#include "files/file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace shomei::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFirstRoom = 64 * 1024;  // for what does not say its size

Error too_large(const fs::path& path, std::size_t bytes_max) {
  return malformed("file_too_large", {{"path", path.string()}, {"bytes_max", std::to_string(bytes_max)}});
}

// Room for `bytes`, with what is in the old room; that is wiped, because the content may be a secret.
void grow(Bytes& room, std::size_t bytes) {
  Bytes wider(bytes);
  std::ranges::copy(room, wider.begin());
  const auto wiped = SecretBytes::adopt(std::exchange(room, std::move(wider)));
}

// The size is a first guess only: pipes and files of /proc have none, and others may grow while they are
// read.
Result<SecretBytes> read_all(const fs::path& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return read_error(path, errno);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) return read_error(path, errno);
  if (S_ISDIR(about.st_mode)) return read_error(path, EISDIR);
  const bool sized = S_ISREG(about.st_mode) && about.st_size > 0;
  if (sized && static_cast<std::size_t>(about.st_size) > bytes_max) return too_large(path, bytes_max);
  const std::size_t bytes_end = bytes_max + 1;  // one byte more than there should be
  auto content = Bytes(std::min(sized ? static_cast<std::size_t>(about.st_size) + 1 : kFirstRoom, bytes_end));
  std::size_t filled = 0;
  int number = 0;
  while (filled < bytes_end) {
    if (filled == content.size()) grow(content, std::min(2 * filled, bytes_end));
    const auto count = ::read(file.get(), content.data() + filled, content.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) number = errno;
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  content.resize(filled);
  auto secret = SecretBytes::adopt(std::move(content));
  if (number != 0) return read_error(path, number);
  if (filled == bytes_end) return too_large(path, bytes_max);
  return secret;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// The name beside the target that the content has until it is complete and on the disk.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& target)
      : name_((folder_of(target) / ("." + target.filename().string() + ".XXXXXX")).string()),
        file_(::mkostemp(name_.data(), O_CLOEXEC)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (file_ && !renamed_) ::unlink(name_.c_str());
  }

  explicit operator bool() const { return static_cast<bool>(file_); }

  bool write(ByteView content) { return write_all(file_.get(), content); }
  bool settle(mode_t mode) { return ::fchmod(file_.get(), mode) == 0 && ::fsync(file_.get()) == 0; }
  bool replace(const fs::path& target) {
    renamed_ = ::rename(name_.c_str(), target.c_str()) == 0;
    return renamed_;
  }
  // link fails where rename would overwrite.
  bool become(const fs::path& target) const { return ::link(name_.c_str(), target.c_str()) == 0; }

 private:
  std::string name_;
  Descriptor file_;
  bool renamed_ = false;
};

bool folder_is_synced(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return descriptor && ::fsync(descriptor.get()) == 0;
}

enum class Existing { replaced, kept };

Result<void> write_whole(const fs::path& path, ByteView content, mode_t mode, Existing existing) {
  TemporaryFile temporary(path);
  const bool done = temporary && temporary.write(content) && temporary.settle(mode) &&
                    (existing == Existing::replaced ? temporary.replace(path) : temporary.become(path)) &&
                    folder_is_synced(folder_of(path));
  if (!done) return write_error(path, errno);
  return {};
}

// Through links that lead nowhere as well: the file is made where they point. Loops never come here, stat
// refuses them.
fs::path end_of_links(fs::path path) {
  std::error_code failed;
  for (fs::path next = fs::read_symlink(path, failed); !failed; next = fs::read_symlink(path, failed))
    path = folder_of(path) / next;
  return path;
}

Result<void> write_into(const fs::path& path, ByteView content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC));
  if (!file || !write_all(file.get(), content)) return write_error(path, errno);
  return {};
}

}  // namespace

Result<SecretBytes> read_secret_file(const fs::path& path, std::size_t bytes_max) {
  return read_all(path, bytes_max);
}

Result<Bytes> read_file(const fs::path& path, std::size_t bytes_max) {
  SHOMEI_TRY(const auto content, read_all(path, bytes_max));
  return to_bytes(content.reveal());
}

Result<void> replace_file(const fs::path& path, ByteView content, mode_t mode) {
  return write_whole(path, content, mode, Existing::replaced);
}

Result<void> replace_file(const fs::path& path, const std::function<Result<void>(const WritePiece&)>& content,
                          mode_t mode) {
  TemporaryFile temporary(path);
  if (!temporary) return write_error(path, errno);
  SHOMEI_CHECK(content([&](ByteView piece) -> Result<void> {
    if (!temporary.write(piece)) return write_error(path, errno);
    return {};
  }));
  if (!temporary.settle(mode) || !temporary.replace(path) || !folder_is_synced(folder_of(path)))
    return write_error(path, errno);
  return {};
}

Result<void> create_file(const fs::path& path, ByteView content, mode_t mode) {
  return write_whole(path, content, mode, Existing::kept);
}

Result<void> sync_folder(const fs::path& folder) {
  if (!folder_is_synced(folder)) return write_error(folder, errno);
  return {};
}

Result<void> make_own_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) == 0) return sync_folder(folder.parent_path());
  return errno == EEXIST ? Result<void>{} : write_error(folder, errno);
}

Result<void> write_output(const fs::path& path, ByteView content, mode_t mode) {
  struct stat about {};
  const bool there = ::stat(path.c_str(), &about) == 0;
  if (!there && errno != ENOENT) return write_error(path, errno);
  if (there && !S_ISREG(about.st_mode)) return write_into(path, content);
  return replace_file(end_of_links(path), content, mode);
}

}  // namespace shomei::files
