// Moves the store of a home to another engine: copies it with all acts held back, proves the copy, and then
// lets the settings name the new one. The old one stays, refuses whoever writes, and is never deleted.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "home/layout.h"
#include "home/move/fill_store.h"
#include "home/store_settings.h"

namespace shomei::home {

struct MovedStore {
  std::string from, to;  // as people are told
  std::string kept_at;   // where the old one is now
  FilledStore filled;
};

// not_found "home_missing"; conflict "acts_under_way", "move_under_way", "store_not_empty"; refused
// "store_there_already", "store_moved"; what the engines, copy_store and parse_settings say. Whatever
// happens, the home has its old store or the new one: until the old one is retired the old one, from then on
// the new one. A process that is killed in between leaves what settle_move brings to an end.
Result<MovedStore> move_store(const std::filesystem::path& root, const StoreSettings& to,
                              const journal::CopyProgress& progress = {});

// Whether another process moves the store now: then it holds all acts alone for as long as that takes.
bool move_is_under_way(const Layout& layout);

enum class Settled { nothing, taken_back, completed };
// What an interrupted move has left: the settings that it was about to put in place. Before a home is opened.
Result<Settled> settle_move(const Layout& layout);

}  // namespace shomei::home
