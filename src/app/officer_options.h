// Who acts where, under which request, as the commands that do acts are told it.
#pragma once

#include <vector>

#include "cli/command.h"
#include "counter/parts.h"

namespace shomei::app {

std::vector<cli::Option> officer_options();  // office, officer, request

// A request that is not named gets an identifier of its own. malformed "identifier_form",
// "officer_name_form".
Result<counter::Officer> officer_of(const cli::Invocation& invocation);

}  // namespace shomei::app
