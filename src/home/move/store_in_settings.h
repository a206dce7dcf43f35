// The table [store] of a shomei.toml changed in its text, so that everything else that people wrote there
// stays, with its comments.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "home/store_settings.h"

namespace shomei::home {

// The text of settings that say that store and otherwise the same. What parse_settings says, also of a file
// in which the table is written in a way that this does not know.
Result<std::string> with_store(std::string_view settings, const StoreSettings& store);

}  // namespace shomei::home
