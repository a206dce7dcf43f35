// The commands there are, in the order in which help lists them.
#pragma once

#include <span>

#include "cli/command.h"

namespace shomei::app {

std::span<const cli::Command> commands();

}  // namespace shomei::app
