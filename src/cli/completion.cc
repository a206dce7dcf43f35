#include "cli/completion.h"

#include <map>
#include <set>

namespace shomei::cli {
namespace {

constexpr std::string_view kGlobals = "--home --json --lang --help --version";

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

std::string bash_completion(std::span<const Command> commands) {
  std::map<std::string, std::set<std::string>> next;  // what may follow "", "counter", "counter issue"
  for (const auto& command : commands) {
    const std::string path(command.path);
    const auto space = path.find(' ');
    next[""].insert(path.substr(0, space));
    if (space != std::string::npos) next[path.substr(0, space)].insert(path.substr(space + 1));
    for (const auto& option : command.options)
      if (!option.positional) next[path].insert("--" + std::string(option.name));
  }
  next[""].insert("completion");
  std::string script =
      "_shomei() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} path= w\n"
      "  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case $w in -*) ;; *) path=\"${path:+$path }$w\" ;; esac\n"
      "  done\n"
      "  local words\n"
      "  case $path in\n";
  for (const auto& [path, words] : next)
    script += "    '" + path + "') words='" + joined(words) + " " + std::string(kGlobals) + "' ;;\n";
  script += "    *) words='" + std::string(kGlobals) +
            "' ;;\n"
            "  esac\n"
            "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
            "}\n"
            "complete -o default -F _shomei shomei\n";
  return script;
}

}  // namespace shomei::cli
