// The completion script, made from the commands.
#pragma once

#include <span>
#include <string>

#include "cli/command.h"

namespace shomei::cli {

std::string bash_completion(std::span<const Command> commands);

}  // namespace shomei::cli
