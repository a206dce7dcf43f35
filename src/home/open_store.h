// The store of a home, in the engine that its settings name: SQLite beside them, or a PostgreSQL database.
// Nothing else picks one.
#pragma once

#include <memory>

#include "base/result.h"
#include "home/layout.h"
#include "home/store_settings.h"
#include "journal/rows.h"
#include "store/open_mode.h"
#include "store/postgres/address.h"

namespace shomei::home {

// What the engines say; refused "store_password_needed" {source} when it is not where the settings say.
Result<std::unique_ptr<journal::Engine>> open_store(const Layout& layout, const StoreSettings& settings,
                                                    store::OpenMode mode);

// Where the database of the settings is, with its password. `settings` name one.
Result<store::postgres::Address> database_of(const StoreSettings& settings);

// The database of the settings, as people are told of it: without a password. Empty: the home's own file.
std::string shown_database(const StoreSettings& settings);
// Whether the database answers and keeps what it has acknowledged. refused "store_server_unfit"; unavailable
// "store_unavailable", "store_standby", ...
Result<void> expect_fit_database(const StoreSettings& settings);

// A store that is made now, and goes away again with this object unless the home that it is for became whole.
class NewStore {
 public:
  // conflict "store_exists" when the database holds one, whosever it is; refused "store_foreign".
  static Result<NewStore> make(const Layout& layout, const StoreSettings& settings);
  NewStore(NewStore&& other) noexcept;
  NewStore& operator=(NewStore&&) = delete;
  ~NewStore();
  void keep() { database_.reset(); }

 private:
  NewStore() = default;
  std::optional<StoreSettings> database_;  // what is taken back; a file goes with its home's folder
};

}  // namespace shomei::home
