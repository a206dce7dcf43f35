// Opening a store's file: its settings, its marks (application_id, user_version) and its migrations.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "store/sqlite/database.h"
#include "store/sqlite/engine.h"

namespace shomei::store {

// A connection to a file that is of this version's form.
Result<std::unique_ptr<Database>> connect(const std::filesystem::path& path, OpenMode mode);
// Once for each file: makes it if need be, and migrates it.
Result<void> prepare_file(const std::filesystem::path& path, OpenMode mode);

// Where to, of a store that was retired (journal/rows.h).
Result<std::optional<std::string>> moved_to(Database& database);

}  // namespace shomei::store
