#include "home/filling.h"

#include "home/open_store.h"
#include "store/postgres/filling.h"
#include "store/sqlite/filling.h"

namespace shomei::home {

Result<std::unique_ptr<store::Filling>> open_filling(const Layout& layout, const StoreSettings& settings) {
  if (settings.url.empty()) return store::fill_copy_of(layout.store());
  SHOMEI_TRY(auto address, database_of(settings));
  return store::postgres::fill_database(std::move(address));
}

// A database was filled in one transaction: it is there already.
Result<void> take_filled(const Layout& layout, const StoreSettings& settings) {
  return settings.url.empty() ? store::take_place_of(layout.store()) : Result<void>{};
}

}  // namespace shomei::home
