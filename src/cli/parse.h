// From arguments to an Invocation. The one file that includes the argument library.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/command.h"

namespace shomei::cli {

struct Parsed {
  const Command* command = nullptr;  // null: print `text` and end with `exit_code`
  Invocation invocation;
  std::string text;
  int exit_code = 0;
  std::optional<Error> usage;  // malformed "usage_form" {what}, "option_empty" {option}; exit code 2
};

Parsed parse(std::span<const Command> commands, std::span<const char* const> arguments);

}  // namespace shomei::cli
