#include "home/counter_home.h"

#include <sys/stat.h>

#include <cerrno>

#include "files/file.h"
#include "files/system_error.h"
#include "home/staging.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSettingsBytesMax = 1024 * 1024;
constexpr mode_t kOwnerOnly = 0700;

Result<void> make_folder(const fs::path& path) {
  if (::mkdir(path.c_str(), kOwnerOnly) != 0) return files::write_error(path, errno);
  return {};
}

// A demo's, with the one setting that a counter needs. TOML has no room for bytes that are no UTF-8.
Result<std::string> settings_of_counter(const std::string& authority) {
  std::string text = default_settings_text({}, {}, {});
  const std::string unset = "authority_of_counter = \"\"";
  text.replace(text.find(unset), unset.size(), "authority_of_counter = " + toml_string(authority));
  const auto settings = parse_settings(text);
  if (!settings || settings->acts.authority_of_counter != authority)
    return malformed("place_form", {{"place", authority}});
  return text;
}

}  // namespace

Result<void> create_counter_home(const fs::path& root, const std::string& authority,
                                 const SecretBytes* passphrase) {
  std::error_code ignored;
  if (fs::exists(root, ignored) && !(fs::is_directory(root, ignored) && fs::is_empty(root, ignored)))
    return conflict("home_exists", {{"home", root.string()}});
  if (passphrase) SHOMEI_CHECK(check_new_passphrase(*passphrase));
  SHOMEI_TRY(const auto settings, settings_of_counter(authority));
  SHOMEI_TRY(auto staging, Staging::make(fs::path(root).lexically_normal()));
  const Layout layout{staging.path()};
  for (const auto& folder : {layout.keys(), layout.cards()}) SHOMEI_CHECK(make_folder(folder));
  SHOMEI_CHECK(KeyStore::create(layout.keys(), passphrase));
  SHOMEI_CHECK(files::replace_file(layout.settings(), view(settings), files::kReadableByAll));
  return staging.become(root);
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
