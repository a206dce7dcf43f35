#include "cli/command.h"

#include <algorithm>
#include <exception>

#include "base/check.h"
#include "base/shown_text.h"
#include "cli/parse.h"
#include "cli/print.h"

namespace shomei::cli {

std::string Invocation::get(std::string_view name, std::string_view otherwise) const {
  const auto at = values.find(name);
  return at == values.end() ? std::string(otherwise) : at->second;
}

int exit_code(Fault fault) {
  switch (fault) {
    case Fault::refused:
    case Fault::conflict:
    case Fault::not_found:
      return 1;
    case Fault::malformed:
      return 2;
    case Fault::unavailable:
      return 3;
    case Fault::internal:
      return 4;
  }
  SHOMEI_INVARIANT(false);
}

namespace {

int run_parsed(const Parsed& parsed) {
  if (!parsed.command) {
    if (parsed.usage && parsed.invocation.json)
      print_raw(error_document(*parsed.usage, parsed.invocation.language), true);
    if (parsed.exit_code == 0) return print_answer(parsed.text, parsed.invocation, 0);
    print_raw(shown_lines(parsed.text), false);
    return parsed.exit_code;
  }
  const auto output = parsed.command->run(parsed.invocation);
  if (output) return print_output(*output, parsed.invocation);
  print_error(output.error(), parsed.invocation);
  return exit_code(output.error().fault);
}

}  // namespace

int run(std::span<const Command> commands, std::span<const char* const> arguments) {
  Invocation invocation;
  invocation.json = std::ranges::find(arguments, std::string_view("--json")) != arguments.end();
  try {
    const auto parsed = parse(commands, arguments);
    invocation = parsed.invocation;
    return run_parsed(parsed);
  } catch (const std::exception& e) {
    // A library threw where nobody expected it to: a fault of ours, and not of the input.
    const Error error = internal("library_threw", {{"what", e.what()}});
    print_error(error, invocation);
    return exit_code(error.fault);
  }
}

}  // namespace shomei::cli
