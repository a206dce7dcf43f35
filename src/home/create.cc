#include "home/create.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "authority/profile.h"
#include "counter/import_register.h"
#include "crypto/random.h"
#include "files/file.h"
#include "files/system_error.h"
#include "home/ceremony/hold.h"
#include "home/demo_residents.h"
#include "home/home.h"
#include "home/open_store.h"
#include "home/staging.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;
using pki::CertificateKind;

Result<void> make_folder(const fs::path& path, mode_t mode) {
  if (::mkdir(path.c_str(), mode) != 0) return files::write_error(path, errno);
  return {};
}

Result<void> make_folders(const Layout& layout) {
  SHOMEI_CHECK(make_folder(layout.keys(), 0700));
  SHOMEI_CHECK(make_folder(layout.cards(), 0700));
  SHOMEI_CHECK(make_folder(layout.published(), 0755));
  SHOMEI_CHECK(make_folder(layout.demo_register().parent_path(), 0700));
  return {};
}

std::string settings_text(const CreateOptions& options) {
  if (options.settings) return *options.settings;
  const auto port = [&](int offset) {
    return Address{"127.0.0.1", options.first_port == 0
                                    ? std::uint16_t{0}
                                    : static_cast<std::uint16_t>(options.first_port + offset)};
  };
  return default_settings_text(port(0), port(1), port(2));
}

// What the ceremony of a fresh home makes: two authorities of the profile, every key where the settings say.
CeremonyFile first_ceremony(const Settings& settings) {
  CeremonyFile file;
  file.checkpoint = settings.keys.place_of(KeyUse::checkpoint, kCheckpointKeyName);
  for (auto kind : {CertificateKind::signature, CertificateKind::user_authentication}) {
    PlannedAuthority planned;
    planned.kind = kind;
    planned.generation = 1;
    const std::string name = planned.authority_name();
    const auto type = settings.profile.authority_key;
    planned.key = {type, settings.keys.place_of(KeyUse::authorities, name)};
    planned.responder = {type, settings.keys.place_of(KeyUse::responders, responder_key_name(name, 1))};
    planned.years = settings.profile.authority_years;
    planned.name = {authority::authority_name(settings.profile, kind).text()};
    file.authorities.push_back(std::move(planned));
  }
  std::ranges::copy(crypto::random_bytes(file.digest.size()), file.digest.begin());  // there is no file
  return file;
}

Result<void> settle_residents(const Layout& layout, const Settings& settings, journal::Journal& journal,
                              Created& created) {
  const std::string lines = demo_register(jst_date(journal.clock().now()));
  SHOMEI_CHECK(files::replace_file(layout.demo_register(), view(lines)));
  SHOMEI_TRY(auto parsed, counter::read_register(lines));
  const auto rules = rules::current_rule_set(settings.rules);
  const counter::Parts parts{journal, settings.profile, settings.directory, rules, nullptr};
  const counter::Officer officer{"init", settings.directory.offices.front().id,
                                 crypto::ordered_identifier<RequestId>()};
  SHOMEI_TRY(const auto imported,
             counter::import_register(parts, officer, std::move(parsed), [](std::size_t) {}));
  created.residents = imported.residents.size();
  return {};
}

// Everything but the store and what is in it.
Result<Settings> make_files(const Layout& layout, const CreateOptions& options) {
  SHOMEI_CHECK(make_folders(layout));
  const std::string text = settings_text(options);
  SHOMEI_TRY(auto settings, parse_settings(text));
  SHOMEI_CHECK(files::replace_file(layout.settings(), view(text), files::kReadableByAll));
  const SecretBytes* passphrase = options.passphrase ? &*options.passphrase : nullptr;
  if (passphrase) SHOMEI_CHECK(check_new_passphrase(*passphrase));
  SHOMEI_CHECK(KeyStore::create(layout.keys(), passphrase));
  return settings;
}

Result<Created> found(const Layout& layout, const Settings& settings, const CreateOptions& options) {
  Created created;
  if (!options.with_authorities) return created;
  SHOMEI_TRY(const auto home, Home::open(layout.root, {.at = options.at, .ask = options.ask}));
  SHOMEI_CHECK(home->open_keys(options.passphrase ? &*options.passphrase : nullptr));
  const auto file = first_ceremony(settings);
  SHOMEI_CHECK(hold_ceremony(*home, file, {.remembered = false}));
  for (const auto& planned : file.authorities) created.authorities.push_back(planned.authority_name());
  if (options.with_residents) SHOMEI_CHECK(settle_residents(layout, settings, home->journal(), created));
  return created;
}

}  // namespace

Result<Created> create_home(const fs::path& root, const CreateOptions& options) {
  std::error_code ignored;
  if (fs::exists(root, ignored) && !(fs::is_directory(root, ignored) && fs::is_empty(root, ignored)))
    return conflict("home_exists", {{"home", root.string()}});
  SHOMEI_TRY(auto staging, Staging::make(fs::path(root).lexically_normal()));
  const Layout layout{staging.path()};
  SHOMEI_TRY(const auto settings, make_files(layout, options));
  SHOMEI_TRY(auto store, NewStore::make(layout, settings.store));
  SHOMEI_TRY(auto created, found(layout, settings, options));
  const auto became = staging.become(root);
  if (staging.path().empty()) store.keep();  // the home has its name, whatever came after
  SHOMEI_CHECK(became);
  return created;
}

}  // namespace shomei::home
