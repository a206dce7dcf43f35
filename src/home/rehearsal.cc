#include "home/rehearsal.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "files/file.h"
#include "files/system_error.h"
#include "home/backup/home_files.h"
#include "home/move/fill_store.h"
#include "home/move/store_in_settings.h"
#include "home/open_store.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 256 * 1024 * 1024;
constexpr std::string_view kHomeKey = "keys/home.key";
constexpr std::string_view kCopy = ".drill.", kBegun = ".drill-begun.XXXXXX";
constexpr std::size_t kRandomLetters = 6;  // of mkdtemp

// Beside the home, where as much room can be expected as it takes.
fs::path beside(const fs::path& home, std::string_view ending) {
  std::error_code none;
  auto whole = fs::weakly_canonical(fs::absolute(home), none);
  return (none ? fs::absolute(home) : whole) += ending;
}

fs::path lock_in(const fs::path& copy) {
  return copy / "drill.lock";
}

// A folder, no link to one, and of this user: what others put there under such a name is theirs.
bool is_own_folder(const fs::path& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::geteuid();
}

// Those that have just begun, too: a power cut may have taken the other name back.
std::vector<fs::path> copies_beside(const fs::path& home) {
  const auto folder = beside(home, kCopy).parent_path();
  const std::array begins{beside(home, kCopy).filename().string(),
                          beside(home, kBegun.substr(0, kBegun.size() - kRandomLetters)).filename().string()};
  std::vector<fs::path> copies;
  std::error_code none;
  for (fs::directory_iterator at(folder, none), end; !none && at != end; at.increment(none)) {
    const auto name = at->path().filename().string();
    const auto is_name = [&](const std::string& begin) {
      return name.starts_with(begin) && name.size() == begin.size() + kRandomLetters;
    };
    if (std::ranges::any_of(begins, is_name) && is_own_folder(at->path())) copies.push_back(at->path());
  }
  std::ranges::sort(copies);
  return copies;
}

// Every copy has its lock from the moment on that it has its name, and to the end.
bool has_lock(const fs::path& copy) {
  std::error_code none;
  return fs::exists(lock_in(copy), none);
}
// Or it cannot be told whether it is.
bool is_in_use(const fs::path& copy) {
  return has_lock(copy) && !files::FileLock::take(lock_in(copy));
}

// The lock goes last: what a deletion that is broken off leaves is a copy still. Whether nothing is left.
bool delete_copy(const fs::path& copy) {
  std::error_code failed;
  bool whole = true;
  for (fs::directory_iterator at(copy, failed), end; !failed && at != end; at.increment(failed))
    if (std::error_code stays; at->path() != lock_in(copy)) {
      fs::remove_all(at->path(), stays);
      whole = whole && !stays;
    }
  if (!failed && whole) fs::remove_all(copy, failed);
  return !failed && whole;
}

Result<void> expect_keys_in_files(const Home& of) {
  SHOMEI_TRY(const auto rows, of.rows());
  SHOMEI_TRY(const auto authorities, rows->list_authorities());
  const auto& keys = of.settings().keys;
  std::vector<std::pair<KeyUse, std::string>> names{{KeyUse::checkpoint, std::string(kCheckpointKeyName)}};
  for (const auto& authority : authorities) {
    names.emplace_back(KeyUse::authorities, authority.name);
    names.emplace_back(KeyUse::crl, crl_key_name(authority.name));
    names.emplace_back(KeyUse::responders, responder_key_name(authority.name, 1));
  }
  for (const auto& [use, name] : names)
    if (const auto place = keys.place_of(use, name); !place.in_files())
      return refused("rehearsal_key_on_token", {{"key", name}, {"place", place.text()}});
  return {};
}

Result<void> copy_files(const Layout& from, const Layout& into) {
  SHOMEI_CHECK(make_home_folders(into));
  SHOMEI_TRY(auto names, files_to_keep(from));
  std::error_code none;
  if (fs::exists(from.root / kHomeKey, none) && std::ranges::count(names, kHomeKey) == 0)
    names.emplace_back(kHomeKey);
  for (const auto& name : names) {
    SHOMEI_TRY(const auto content, files::read_secret_file(from.root / name, kFileBytesMax));
    SHOMEI_CHECK(files::create_file(into.root / name, content.reveal(), files::kOwnerOnly));
  }
  return {};
}

// The settings with the store beside them.
Result<void> point_to_own_store(const Layout& into) {
  SHOMEI_TRY(const auto text, files::read_file(into.settings(), kFileBytesMax));
  SHOMEI_TRY(const auto settings, with_store(to_text(text), StoreSettings{}));
  return files::replace_file(into.settings(), view(settings));
}

Result<void> copy_rows(const Home& of, const Layout& into, const journal::CopyProgress& progress) {
  SHOMEI_TRY(const auto rows, of.rows());
  SHOMEI_TRY(auto made, NewStore::make(into, StoreSettings{}));
  SHOMEI_TRY(const auto engine, open_store(into, StoreSettings{}, store::OpenMode::existing));
  journal::ProofOptions options{.progress = progress};
  SHOMEI_TRY(options.key, of.checkpoint_key());
  SHOMEI_CHECK(fill_store(*rows, *engine, options));
  made.keep();
  return {};
}

}  // namespace

// It is locked before it has the name by which others find it.
Result<Rehearsal> Rehearsal::stand_beside(const fs::path& home) {
  auto name = beside(home, kBegun).string();
  if (!::mkdtemp(name.data())) return files::write_error(name, errno);
  Rehearsal copy{fs::path(name)};
  SHOMEI_TRY(copy.lock_, files::FileLock::take(lock_in(copy.root_)));
  auto known = beside(home, kCopy);
  known += name.substr(name.size() - kRandomLetters);
  std::error_code failed;
  fs::rename(copy.root_, known, failed);
  if (failed) return files::write_error(known, failed.value());
  copy.root_ = std::move(known);
  return copy;
}

Result<Rehearsal> Rehearsal::make(const Home& of, const journal::CopyProgress& progress) {
  SHOMEI_CHECK(expect_keys_in_files(of));
  SHOMEI_TRY(auto copy, stand_beside(of.layout().root));
  const Layout into{copy.root_};
  SHOMEI_CHECK(copy_files(of.layout(), into));
  SHOMEI_CHECK(point_to_own_store(into));
  SHOMEI_CHECK(copy_rows(of, into, progress));
  return copy;
}

Rehearsal::~Rehearsal() {
  if (!root_.empty()) delete_copy(root_);
}

std::vector<fs::path> left_rehearsals(const fs::path& home) {
  auto copies = copies_beside(home);
  std::erase_if(copies, is_in_use);
  return copies;
}

SweptRehearsals sweep_rehearsals(const fs::path& home) {
  SweptRehearsals swept;
  for (auto& copy : left_rehearsals(home)) {
    bool deleted = false;
    if (has_lock(copy)) {
      const auto lock = files::FileLock::take(lock_in(copy));  // until it is gone
      deleted = lock && delete_copy(copy);
    }
    (deleted ? swept.deleted : swept.left).push_back(std::move(copy));
  }
  return swept;
}

}  // namespace shomei::home
