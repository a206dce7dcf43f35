#include "home/backup/home_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

#include "files/file.h"
#include "files/system_error.h"
#include "home/keys/home_key.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHomeKey = "keys/home.key";
constexpr mode_t kOpenFolder = 0755, kClosedFolder = 0700;

struct Folder {
  const char* name;
  std::string_view ending;  // of the files that are kept; empty: all
};
// Everything that the program names has a name of these. Locks and temporary files ("NAME.lock",
// ".NAME.XXXXXX") belong to a process, not to the home.
constexpr Folder kFolders[] = {{"cards", ".card"},     {"ceremonies", ""}, {"keys", ".key"},
                               {"known-bad", ".keys"}, {"mass", ".list"},  {"public", ""},
                               {"register", ""}};

bool is_kept(const fs::path& name, std::string_view ending) {
  const auto text = name.string();
  const auto is_plain = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  };
  return std::ranges::all_of(text, is_plain) && !text.starts_with('.') && text != "lock" &&
         !text.ends_with(".lock") && text.ends_with(ending);
}

Result<void> list_folder(const Layout& layout, const Folder& folder, std::vector<std::string>& into) {
  std::error_code failed;
  fs::directory_iterator at(layout.root / folder.name, failed);
  if (failed == std::errc::no_such_file_or_directory) return {};
  for (const fs::directory_iterator end; !failed && at != end; at.increment(failed)) {
    if (!at->is_regular_file(failed) || !is_kept(at->path().filename(), folder.ending)) continue;
    into.push_back(std::string(folder.name) + "/" + at->path().filename().string());
  }
  if (failed) return files::read_error(layout.root / folder.name, failed.value());
  return {};
}

Result<bool> home_key_is_bare(const Layout& layout) {
  const auto sealed = home_key_is_sealed(layout.keys());
  if (!sealed && sealed.error().code == "file_missing") return false;
  if (!sealed) return sealed.error();
  return !*sealed;
}

void leave_out_token(const KeySettings& keys, KeyUse use, const std::string& name,
                     std::vector<LeftOut>& into) {
  const auto place = keys.place_of(use, name);
  if (!place.in_files()) into.push_back({"key " + name, place.text()});
}

// The settings may name lists of bad keys anywhere. An absolute name leads out of the restored home, wherever
// it led in this one.
Result<void> leave_out_lists_elsewhere(const Home& home, std::vector<LeftOut>& into) {
  SHOMEI_TRY(const auto kept, files_to_keep(home.layout()));
  for (const auto& name : home.settings().keys.known_bad)
    if (!std::ranges::binary_search(kept, fs::path(name).lexically_normal().string()))
      into.push_back({"list " + name, std::string(kElsewhere)});
  return {};
}

}  // namespace

Result<std::vector<std::string>> files_to_keep(const Layout& layout) {
  std::vector<std::string> paths{layout.settings().filename().string()};
  for (const auto& folder : kFolders) SHOMEI_CHECK(list_folder(layout, folder, paths));
  SHOMEI_TRY(const bool bare, home_key_is_bare(layout));
  if (bare) std::erase(paths, kHomeKey);
  std::ranges::sort(paths);
  return paths;
}

Result<std::vector<LeftOut>> left_out_of(const Home& home, journal::Rows& rows) {
  std::vector<LeftOut> left;
  SHOMEI_TRY(const bool bare, home_key_is_bare(home.layout()));
  if (bare) left.push_back({std::string(kHomeKey), std::string(kBare)});
  const auto& keys = home.settings().keys;
  SHOMEI_TRY(const auto authorities, rows.list_authorities());
  std::error_code ignored;
  for (const auto& authority : authorities) {
    leave_out_token(keys, KeyUse::authorities, authority.name, left);
    const auto lists = crl_key_name(authority.name);
    if (fs::exists(home.layout().certificate(lists), ignored))
      leave_out_token(keys, KeyUse::crl, lists, left);
    leave_out_token(keys, KeyUse::responders, responder_key_name(authority.name, 1), left);
  }
  if (!authorities.empty()) leave_out_token(keys, KeyUse::checkpoint, std::string(kCheckpointKeyName), left);
  SHOMEI_CHECK(leave_out_lists_elsewhere(home, left));
  return left;
}

mode_t mode_in_home(const std::string& path) {
  return path.starts_with("public/") || path == "shomei.toml" ? files::kReadableByAll : files::kOwnerOnly;
}

Result<void> make_home_folders(const Layout& layout) {
  for (const auto& folder : kFolders) {
    const auto path = layout.root / folder.name;
    const mode_t mode = folder.name == std::string_view("public") ? kOpenFolder : kClosedFolder;
    if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return files::write_error(path, errno);
  }
  return {};
}

Result<void> sync_home_folders(const Layout& layout) {
  for (const auto& folder : kFolders) SHOMEI_CHECK(files::sync_folder(layout.root / folder.name));
  return files::sync_folder(layout.root);
}

}  // namespace shomei::home
