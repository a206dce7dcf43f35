// What the other files of `shomei journal` bring to the list of journal_commands().
#pragma once

#include <functional>
#include <vector>

#include "cli/command.h"
#include "journal/verify.h"

namespace shomei::app {

// Of all that read a journal whole.
Result<std::size_t> memory_bytes_of(const cli::Invocation& invocation);  // malformed "memory_mib_range"
// A line a second on stderr, and none for what is done sooner.
std::function<void(const journal::VerifyProgress&)> progress_lines();

std::vector<cli::Command> journal_check_commands();    // check
std::vector<cli::Command> journal_public_commands();   // export, compare
std::vector<cli::Command> journal_receipt_commands();  // receipt, prove
std::vector<cli::Command> journal_erase_commands();    // erase

}  // namespace shomei::app
