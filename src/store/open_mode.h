// How a store is opened, whichever engine keeps it.
#pragma once

namespace shomei::store {

enum class OpenMode {
  create,     // makes the store when there is none
  existing,   // not_found "store_missing" when there is none
  read_only,  // never changes anything; refused "home_older" when the store must be brought forward first
};

}  // namespace shomei::store
