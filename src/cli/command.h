// Command: one verb of the command line as a value, from which parsing, help and completion are made.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "texts/says.h"

namespace shomei::cli {

struct Option {
  std::string_view name;   // "resident": typed as --resident
  std::string_view value;  // "R": what stands for the value in help; empty for a flag
  std::string_view help;
  bool required = false;
  bool positional = false;  // typed without its name
};

// What was typed.
struct Invocation {
  std::string home;  // the folder; from --home, $SHOMEI_HOME or ./shomei-home
  bool json = false;
  texts::Language language = texts::Language::en;
  std::map<std::string, std::string, std::less<>> values;

  bool has(std::string_view name) const { return values.contains(name); }
  std::string get(std::string_view name, std::string_view otherwise = "") const;
};

// The answer in both forms: one JSON document, and text for people. Empty prints nothing: a command that
// stays has said it already.
struct Output {
  std::string json;
  std::string text;
  int exit_code = 0;  // 1 when what was checked does not hold
};

struct Command {
  std::string_view path;  // "counter issue"
  std::string_view summary;
  std::string_view example;
  std::vector<Option> options;
  Result<Output> (*run)(const Invocation&);
};

// The exit code that a fault means: 1 refused, conflict or not found; 2 malformed; 3 unavailable; 4 internal.
int exit_code(Fault fault);

// Parses the arguments, runs the command and prints what it says. The process's exit code. Lets no exception
// out: internal "library_threw" {what}.
int run(std::span<const Command> commands, std::span<const char* const> arguments);

}  // namespace shomei::cli
