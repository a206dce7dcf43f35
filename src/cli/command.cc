#include "cli/command.h"

#include "base/check.h"
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

int run(std::span<const Command> commands, std::span<const char* const> arguments) {
  const auto parsed = parse(commands, arguments);
  if (!parsed.command) {
    if (parsed.usage && parsed.invocation.json)
      print_raw(error_document(*parsed.usage, parsed.invocation.language), true);
    if (parsed.exit_code == 0) return print_answer(parsed.text, parsed.invocation, 0);
    print_raw(parsed.text, false);
    return parsed.exit_code;
  }
  const auto output = parsed.command->run(parsed.invocation);
  if (!output) {
    print_error(output.error(), parsed.invocation);
    return exit_code(output.error().fault);
  }
  return print_output(*output, parsed.invocation);
}

}  // namespace shomei::cli
