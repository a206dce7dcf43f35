// Where the store of a home is: the table [store] of shomei.toml as values (docs/formats/home.md).
#pragma once

#include <optional>
#include <string>

#include "home/keys/key_settings.h"
#include "home/toml_table.h"

namespace shomei::home {

struct StoreSettings {
  std::string url;  // of a PostgreSQL database, with no secret in it; empty: store.sqlite in the home
  std::optional<PinSource> password;  // of the database's user, never `ask`; none: what libpq finds itself
};

// malformed "store_url_form", "setting_value"; refused "store_url_password".
Result<void> read_store(TomlTable& root, StoreSettings& into);

}  // namespace shomei::home
