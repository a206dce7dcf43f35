// How a store is opened, whichever engine keeps it.
#pragma once

namespace shomei::store {

enum class OpenMode {
  create,     // makes the store when there is none
  existing,   // not_found "store_missing" when there is none
  read_only,  // never changes anything; refused "home_older" when the store must be brought forward first
  // An existing one that nobody else has, quickly: nothing is synced, and a power cut leaves it broken. Of
  // SQLite alone.
  fill,
};

}  // namespace shomei::store
