#include "home/rehearsal.h"

#include <unistd.h>

#include <algorithm>

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

// Beside the home, where as much room can be expected as it takes.
Result<fs::path> new_folder(const Layout& of) {
  auto name =
      (fs::absolute(of.root).parent_path() / (of.root.filename().string() + ".drill.XXXXXX")).string();
  if (!::mkdtemp(name.data())) return files::write_error(name, errno);
  return fs::path(name);
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

Result<Rehearsal> Rehearsal::make(const Home& of, const journal::CopyProgress& progress) {
  SHOMEI_CHECK(expect_keys_in_files(of));
  SHOMEI_TRY(auto root, new_folder(of.layout()));
  Rehearsal copy(std::move(root));
  const Layout into{copy.root_};
  SHOMEI_CHECK(copy_files(of.layout(), into));
  SHOMEI_CHECK(point_to_own_store(into));
  SHOMEI_CHECK(copy_rows(of, into, progress));
  return copy;
}

Rehearsal::~Rehearsal() {
  std::error_code stays;
  if (!root_.empty()) fs::remove_all(root_, stays);
}

}  // namespace shomei::home
