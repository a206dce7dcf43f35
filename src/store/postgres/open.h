// Opening a store's database: whether the server is fit for a journal, whether the tables are ours, and their
// migrations.
#pragma once

#include "store/open_mode.h"
#include "store/postgres/connection.h"

namespace shomei::store::postgres {

// For a session that writes. refused "store_server_unfit"; unavailable "store_standby".
Result<void> expect_fit_to_write(Connection& connection, const Address& address);
// Once for each engine. refused "store_server_unfit", "store_foreign", "home_newer", "home_older"; not_found
// "store_missing".
Result<void> prepare_database(Connection& connection, const Address& address, OpenMode mode);

// Makes the tables: conflict "store_exists" when they are there.
Result<void> make_database(Connection& connection, const Address& address);
// Drops them. What expect_version says of tables that are not ours.
Result<void> unmake_database(Connection& connection, const Address& address);

}  // namespace shomei::store::postgres
