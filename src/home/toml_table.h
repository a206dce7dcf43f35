// TomlTable: a table of a TOML file whose members are read one by one, strictly: each in its type, and none
// that nobody asked for. Errors name the key and its line.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "base/result.h"

namespace shomei::home {

// malformed "settings_form" {what, line}.
Result<toml::table> parse_toml(std::string_view text);

// malformed "setting_value" {key, wanted}.
Error wrong_value(std::string_view key, std::string_view wanted);

class TomlTable {
 public:
  // Borrowed.
  TomlTable(const toml::table& table, std::string path) : table_(table), path_(std::move(path)) {}

  // Leaves `into` as it is when there is no such key.
  template <class T>
  Result<void> read(std::string_view key, T& into, std::string_view wanted) {
    const auto* node = member(key);
    if (!node) return {};
    const auto value = node->template value_exact<T>();
    if (!value) return wrong(key, wanted);
    into = *value;
    return {};
  }
  Result<void> read_list(std::string_view key, std::vector<std::string>& into, std::string_view wanted);
  Result<std::optional<TomlTable>> table(std::string_view key);
  Result<std::vector<TomlTable>> tables(std::string_view key);  // none when there is no such key
  std::vector<std::string> keys() const;
  bool has(std::string_view key) const { return table_.contains(key); }

  Result<void> expect_no_other() const;  // malformed "setting_unknown" {key, line}
  // wrong_value of that key of this table, with its line.
  Error wrong(std::string_view key, std::string_view wanted) const;
  std::string full(std::string_view key) const;
  std::string line() const { return std::to_string(table_.source().begin.line); }

 private:
  const toml::node* member(std::string_view key);  // asked for from now on
  const toml::table& table_;
  std::string path_;
  std::set<std::string> known_;
};

}  // namespace shomei::home
