// What the other files of `shomei journal` bring to the list of journal_commands().
#pragma once

#include <vector>

#include "cli/command.h"

namespace shomei::app {

std::vector<cli::Command> journal_public_commands();   // export, compare
std::vector<cli::Command> journal_receipt_commands();  // receipt, prove
std::vector<cli::Command> journal_erase_commands();    // erase

}  // namespace shomei::app
