#include "home/move/store_in_settings.h"

#include <vector>

#include "home/settings.h"

namespace shomei::home {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t\r");
  return first == line.npos ? std::string_view() : line.substr(first);
}

bool is_table(std::string_view line) {
  return trimmed(line).starts_with('[');
}
bool is_store_table(std::string_view line) {
  const auto text = trimmed(line);
  return text.starts_with("[store]") &&
         (text.size() == 7 || text.find_first_not_of(" \t\r", 7) == text.npos ||
          trimmed(text.substr(7)).starts_with('#'));
}

// `url = "…"` with whatever blanks.
bool sets(std::string_view line, std::string_view key) {
  const auto text = trimmed(line);
  return text.starts_with(key) && trimmed(text.substr(key.size())).starts_with('=');
}

std::string text_of(const PinSource& source) {
  switch (source.from) {
    case PinSource::From::credential:
      return "credential:" + source.name;
    case PinSource::From::file:
      return "file:" + source.name;
    case PinSource::From::environment:
      return "env:" + source.name;
    default:
      return "";
  }
}

// The comment behind a value of that line, which may itself have a '#' in it.
std::string comment_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
    if (line[i] == '#' && !quoted) return "  " + std::string(line.substr(i));
  }
  return "";
}

}  // namespace

Result<std::string> with_store(std::string_view settings, const StoreSettings& store) {
  const std::string url = "url = " + toml_string(store.url);
  const std::string password = "password = " + toml_string(store.password ? text_of(*store.password) : "");
  std::string text;
  bool in_store = false, url_set = false, password_set = false, seen = false;
  const auto complete = [&] {
    if (!url_set) text += url + "\n";
    if (!password_set) text += password + "\n";
    url_set = password_set = true;
  };
  for (const auto& line : lines_of(settings)) {
    if (in_store && is_table(line)) complete();
    if (is_table(line)) in_store = is_store_table(line);
    seen = seen || in_store;
    if (in_store && sets(line, "url")) {
      text += url + comment_of(line) + "\n";
      url_set = true;
    } else if (in_store && sets(line, "password")) {
      text += password + comment_of(line) + "\n";
      password_set = true;
    } else {
      text += line + "\n";
    }
  }
  if (!seen) text += "\n[store]\n";
  complete();
  SHOMEI_TRY(const auto changed, parse_settings(text));
  if (changed.store.url != store.url || changed.store.password != store.password)
    return malformed("setting_value", {{"key", "store.url"}, {"wanted", "in a table [store] of its own"}});
  return text;
}

}  // namespace shomei::home
