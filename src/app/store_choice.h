// Where a store shall be, from a command line.
#pragma once

#include "cli/command.h"
#include "home/store_settings.h"

namespace shomei::app {

// The option of that name: a PostgreSQL address, or "sqlite" (as when it is left out): a file in the home;
// and
// --password, as in shomei.toml. malformed "pin_source_form"; whether the address is one, the settings say.
Result<home::StoreSettings> store_of(const cli::Invocation& invocation, std::string_view option);

}  // namespace shomei::app
