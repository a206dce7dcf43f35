// Makes a home: settings, keys, the two authorities with their responders by a ceremony, a store, and in a
// demo its people.
#pragma once

#include <filesystem>
#include <optional>

#include "base/calendar.h"
#include "base/result.h"
#include "home/keys/secrets.h"
#include "home/settings.h"

namespace shomei::home {

struct CreateOptions {
  bool with_residents = true;
  std::optional<Instant> at;        // the demo's first moment; now when absent
  std::uint16_t first_port = 8440;  // status; authority and metrics are the next two. 0: any free ones
  // The text of shomei.toml instead of the demo's: the authorities get the names and keys that it says.
  std::optional<std::string> settings;
  bool with_authorities = true;           // else a ceremony makes the keys and authorities; no residents
  std::optional<SecretBytes> passphrase;  // seals the home key
  AskSecret ask;                          // for the PINs of tokens that the settings name
};

struct Created {
  std::vector<std::string> authorities;
  std::size_t residents = 0;
};

// The home appears whole under its name or not at all; where its store is a database, so do the tables, but
// for a crash in between, after which they are there ("store_exists"). conflict "home_exists",
// "store_exists"; malformed "passphrase_short"; what parse_settings, hold_ceremony and tokens say.
Result<Created> create_home(const std::filesystem::path& root, const CreateOptions& options);

}  // namespace shomei::home
