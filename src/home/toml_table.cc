#include "home/toml_table.h"

namespace shomei::home {

Result<toml::table> parse_toml(std::string_view text) {
  try {
    return toml::table(toml::parse(text));
  } catch (const toml::parse_error& e) {
    return malformed("settings_form", {{"what", std::string(e.description())},
                                       {"line", std::to_string(e.source().begin.line)}});
  }
}

Error wrong_value(std::string_view key, std::string_view wanted) {
  return malformed("setting_value", {{"key", std::string(key)}, {"wanted", std::string(wanted)}});
}

const toml::node* TomlTable::member(std::string_view key) {
  known_.insert(std::string(key));
  return table_.get(key);
}

Error TomlTable::wrong(std::string_view key, std::string_view wanted) const {
  const auto* node = table_.get(key);
  return wrong_value(full(key), wanted)
      .with("line", node ? std::to_string(node->source().begin.line) : line());
}

Result<void> TomlTable::read_list(std::string_view key, std::vector<std::string>& into,
                                  std::string_view wanted) {
  const auto* node = member(key);
  if (!node) return {};
  if (!node->is_array()) return wrong(key, wanted);
  into.clear();
  for (const auto& element : *node->as_array()) {
    const auto text = element.value_exact<std::string>();
    if (!text) return wrong(key, wanted);
    into.push_back(*text);
  }
  return {};
}

Result<std::optional<TomlTable>> TomlTable::table(std::string_view key) {
  const auto* node = member(key);
  if (!node) return std::optional<TomlTable>{};
  if (!node->is_table()) return wrong(key, "a table");
  return std::optional<TomlTable>{TomlTable(*node->as_table(), full(key))};
}

Result<std::vector<TomlTable>> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> found;
  const auto* node = member(key);
  if (!node) return found;
  if (!node->is_array_of_tables()) return wrong(key, "an array of tables");
  for (const auto& element : *node->as_array()) found.emplace_back(*element.as_table(), full(key));
  return found;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : table_) names.emplace_back(key.str());
  return names;
}

Result<void> TomlTable::expect_no_other() const {
  for (const auto& [key, value] : table_)
    if (!known_.contains(std::string(key.str())))
      return malformed("setting_unknown",
                       {{"key", full(key.str())}, {"line", std::to_string(value.source().begin.line)}});
  return {};
}

std::string TomlTable::full(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

}  // namespace shomei::home
