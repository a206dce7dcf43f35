// Reads the table `status` and the tables `verifier` of shomei.toml.
#pragma once

#include "base/result.h"
#include "home/status_settings.h"
#include "home/toml_table.h"

namespace shomei::home {

// 1 to 64 of a-z, 0-9, '.', '-' and '_'.
bool is_verifier_name(std::string_view name);

// What TomlTable says; malformed "setting_value" {key, wanted}.
Result<void> read_status(TomlTable& root, StatusSettings& into);

}  // namespace shomei::home
