#include "home/open_store.h"

#include <tuple>
#include <utility>

#include "home/keys/secrets.h"
#include "store/postgres/engine.h"
#include "store/sqlite/engine.h"

namespace shomei::home {
namespace {

using store::PostgresEngine;
using store::postgres::Address;

}  // namespace

Result<Address> database_of(const StoreSettings& settings) {
  SHOMEI_TRY(auto address, Address::parse(settings.url));
  if (settings.password) {
    SHOMEI_TRY(auto password, store_password_of(*settings.password));
    address.set_password(std::move(password));
  }
  return address;
}

Result<std::unique_ptr<journal::Engine>> open_store(const Layout& layout, const StoreSettings& settings,
                                                    store::OpenMode mode) {
  if (settings.url.empty()) {
    SHOMEI_TRY(auto file, store::SqliteEngine::open(layout.store(), mode));
    return std::unique_ptr<journal::Engine>(std::move(file));
  }
  SHOMEI_TRY(auto address, database_of(settings));
  SHOMEI_TRY(auto database, PostgresEngine::open(std::move(address), mode));
  return std::unique_ptr<journal::Engine>(std::move(database));
}

std::string shown_database(const StoreSettings& settings) {
  const auto address = Address::parse(settings.url);
  return settings.url.empty() || !address ? "" : address->shown();
}

Result<void> expect_fit_database(const StoreSettings& settings) {
  SHOMEI_TRY(const auto address, database_of(settings));
  return PostgresEngine::expect_fit(address);
}

Result<NewStore> NewStore::make(const Layout& layout, const StoreSettings& settings) {
  NewStore made;
  if (settings.url.empty()) {
    SHOMEI_CHECK(store::SqliteEngine::open(layout.store(), store::OpenMode::create));
    return made;
  }
  SHOMEI_TRY(const auto address, database_of(settings));
  SHOMEI_CHECK(PostgresEngine::make(address));
  made.database_ = settings;
  return made;
}

NewStore::NewStore(NewStore&& other) noexcept : database_(std::exchange(other.database_, std::nullopt)) {}

// Where the database does not answer either, the store stays, and the next `init` says that it is there.
NewStore::~NewStore() {
  if (!database_) return;
  if (const auto address = database_of(*database_)) std::ignore = PostgresEngine::unmake(*address);
}

}  // namespace shomei::home
