#include "home/counter_home.h"

#include <sys/stat.h>

#include <cerrno>

#include "files/file.h"
#include "files/system_error.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr mode_t kOwnerOnly = 0700;

Result<void> make_folder(const fs::path& path) {
  if (::mkdir(path.c_str(), kOwnerOnly) != 0 && errno != EEXIST) return files::write_error(path, errno);
  return {};
}

// A demo's, with the one setting that a counter needs.
std::string settings_of_counter(const std::string& authority) {
  std::string text = default_settings_text({}, {}, {});
  const std::string unset = "authority_of_counter = \"\"";
  const auto at = text.find(unset);
  return text.replace(at, unset.size(), "authority_of_counter = \"" + authority + "\"");
}

}  // namespace

// The settings come last: without them it is no home.
Result<void> create_counter_home(const fs::path& root, const std::string& authority) {
  std::error_code ignored;
  if (fs::exists(root, ignored) && !(fs::is_directory(root, ignored) && fs::is_empty(root, ignored)))
    return conflict("home_exists", {{"home", root.string()}});
  const Layout layout{root};
  if (root.has_parent_path()) fs::create_directories(root.parent_path(), ignored);
  for (const auto& folder : {root, layout.keys(), layout.cards()}) SHOMEI_CHECK(make_folder(folder));
  SHOMEI_CHECK(KeyStore::create(layout.keys()));
  return files::replace_file(layout.settings(), view(settings_of_counter(authority)), files::kReadableByAll);
}

Result<std::unique_ptr<CounterHome>> CounterHome::open(const fs::path& root) {
  Layout layout{root};
  const auto text = files::read_file(layout.settings(), kSettingsBytesMax);
  if (!text && text.error().code == "file_missing")
    return not_found("home_missing", {{"home", root.string()}});
  if (!text) return text.error();
  auto settings = parse_settings(to_text(*text));
  if (!settings) return std::move(settings).error().with("file", layout.settings().string());
  return std::unique_ptr<CounterHome>(new CounterHome(std::move(layout), *std::move(settings)));
}

Result<CardBox> CounterHome::card_box(const AskSecret& ask) {
  if (!keys_) {
    SHOMEI_TRY(auto keys,
               KeyStore::open(layout_.keys(), [&] { return passphrase_of(layout_.root.string(), ask); }));
    keys_.emplace(std::move(keys));
  }
  return CardBox(layout_, *keys_, settings_);
}

}  // namespace shomei::home
