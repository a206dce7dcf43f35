// What a migration cannot say in SQL.
#pragma once

#include "store/sqlite/database.h"

namespace shomei::store {

// Between the halves of 0002_grouped.sql: certificates with their marks, tiles from entries, whom the entries
// are about, and where the journal ends. unavailable "store_broken" when an entry cannot be read.
Result<void> fill_second_form(Database& database);

}  // namespace shomei::store
