// Reads the table `status` and the tables `verifier` of shomei.toml.
#pragma once

#include "base/result.h"
#include "home/status_settings.h"
#include "home/toml_table.h"

namespace shomei::home {

// What TomlTable says; malformed "setting_value" {key, wanted}.
Result<void> read_status(TomlTable& root, StatusSettings& into);

}  // namespace shomei::home
