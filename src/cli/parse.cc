#include "cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <list>
#include <memory>

#include "base/version.h"
#include "cli/completion.h"
#include "cli/print.h"

namespace shomei::cli {
namespace {

constexpr int kUsageError = 2;

struct Typed {
  const Command* command = nullptr;
  const Option* option = nullptr;
  std::string value;
  bool flag = false;
  const CLI::Option* added = nullptr;
};

std::string environment(const char* name, std::string_view otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : std::string(otherwise);
}

void add_globals(CLI::App& app, Invocation& into, std::string& language) {
  into.home = environment("SHOMEI_HOME", "./shomei-home");
  language = environment("SHOMEI_LANG", "en");
  app.add_option("--home", into.home, "the folder of the home; else $SHOMEI_HOME, else ./shomei-home")
      ->type_name("DIR");
  app.set_version_flag("--version", std::string(kSoftware));
  app.add_flag("--json", into.json, "print one JSON document on stdout");
  app.add_option("--lang", language, "language of sentences: en or ja")->check(CLI::IsMember({"en", "ja"}));
}

// "counter issue": makes the group "counter" once and the command below it.
CLI::App* subcommand(CLI::App& app, std::string_view path, std::string_view summary) {
  const auto space = path.find(' ');
  if (space == std::string_view::npos) return app.add_subcommand(std::string(path), std::string(summary));
  const std::string group_name(path.substr(0, space));
  CLI::App* group = nullptr;
  for (CLI::App* existing : app.get_subcommands({}))
    if (existing->get_name() == group_name) group = existing;
  const std::string name(path.substr(space + 1));
  if (!group) {
    group = app.add_subcommand(group_name, "");
    group->require_subcommand(1);
    group->fallthrough();
  }
  // A command may have others below it ("backup", "backup check"): then it keeps what it says of itself.
  const bool is_command = group->get_require_subcommand_min() == 0;
  if (!is_command)
    group->description(group->get_description() + (group->get_description().empty() ? "" : ", ") + name);
  return group->add_subcommand(name, std::string(summary));
}

void add_option(CLI::App& sub, const Option& option, Typed& typed) {
  const std::string name = (option.positional ? "" : "--") + std::string(option.name);
  CLI::Option* added = option.value.empty() ? sub.add_flag(name, typed.flag, std::string(option.help))
                                            : sub.add_option(name, typed.value, std::string(option.help));
  if (!option.value.empty()) added->type_name(std::string(option.value));
  if (option.required) added->required();
  typed.added = added;
}

// No option means anything by an empty text, and to pass it over would leave undone what was asked for:
// `journal verify --since "$FILE"` with the variable unset.
std::optional<Error> empty_option(const CLI::App& app, const std::list<Typed>& all) {
  const auto bad = [](const CLI::Option& option) {
    return malformed("option_empty", {{"option", option.get_name()}});
  };
  if (const auto* home = app.get_option("--home"); home->count() > 0 && home->as<std::string>().empty())
    return bad(*home);
  for (const auto& typed : all)
    if (!typed.option->value.empty() && typed.added->count() > 0 && typed.value.empty())
      return bad(*typed.added);
  return std::nullopt;
}

Parsed wrong(Parsed parsed, Error error) {
  parsed.command = nullptr;
  parsed.exit_code = kUsageError;
  parsed.text = "shomei: " + error_text(error, parsed.invocation.language) + "\n";
  parsed.usage = std::move(error);
  return parsed;
}

}  // namespace

Parsed parse(std::span<const Command> commands, std::span<const char* const> arguments) {
  Parsed parsed;
  CLI::App app{
      "shomei: electronic certificates of a national ID card, whole: authority, counter, card, status",
      "shomei"};
  app.require_subcommand(1);
  app.fallthrough();
  std::string language;
  add_globals(app, parsed.invocation, language);
  std::list<Typed> all;
  std::map<const CLI::App*, const Command*> by_app;
  for (const auto& command : commands) {
    CLI::App* sub = subcommand(app, command.path, command.summary);
    sub->fallthrough();
    sub->footer("Example:\n  " + std::string(command.example));
    by_app[sub] = &command;
    for (const auto& option : command.options)
      add_option(*sub, option, all.emplace_back(Typed{&command, &option, "", false, nullptr}));
  }
  std::string shell;
  CLI::App* completion = app.add_subcommand("completion", "print the completion script for a shell");
  completion->add_option("shell", shell, "bash")->check(CLI::IsMember({"bash"}))->required();
  completion->footer("Example:\n  source <(shomei completion bash)");
  try {
    app.parse(static_cast<int>(arguments.size()), const_cast<char**>(arguments.data()));
  } catch (const CLI::ParseError& e) {
    std::stringstream out, error;
    const bool asked_for_help = app.exit(e, out, error) == 0;
    parsed.text = asked_for_help ? out.str() : error.str();
    if (asked_for_help) return parsed;
    parsed.exit_code = kUsageError;
    parsed.usage = malformed("usage_form", {{"what", e.what()}});
    // The library has not reached every option when it stops at a wrong one.
    parsed.invocation.json = std::ranges::find(arguments, std::string_view("--json")) != arguments.end();
    return parsed;
  }
  if (completion->parsed()) {
    parsed.text = bash_completion(commands);
    return parsed;
  }
  for (const auto& [sub, command] : by_app)
    if (sub->parsed() && sub->get_subcommands().empty()) parsed.command = command;
  for (const auto& typed : all) {
    if (typed.command != parsed.command) continue;
    if (typed.flag) parsed.invocation.values[std::string(typed.option->name)] = "true";
    if (!typed.option->value.empty() && typed.added->count() > 0)
      parsed.invocation.values[std::string(typed.option->name)] = typed.value;
  }
  // The library checks what is typed, and not where the default comes from.
  if (language != "en" && language != "ja")
    return wrong(std::move(parsed),
                 malformed("usage_form", {{"what", "SHOMEI_LANG: " + language + " not in {en,ja}"}}));
  parsed.invocation.language = language == "ja" ? texts::Language::ja : texts::Language::en;
  if (auto empty = empty_option(app, all)) return wrong(std::move(parsed), *std::move(empty));
  return parsed;
}

}  // namespace shomei::cli
