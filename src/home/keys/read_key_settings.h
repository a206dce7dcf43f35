// Reads [keys] and [[token]].
#pragma once

#include "home/keys/key_settings.h"
#include "home/toml_table.h"

namespace shomei::home {

// malformed "setting_value", "setting_unknown", "key_place_form", "pin_source_form".
Result<void> read_keys(TomlTable& root, KeySettings& into);

}  // namespace shomei::home
