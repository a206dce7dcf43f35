#include "home/keys/read_key_settings.h"

namespace shomei::home {
namespace {

constexpr std::int64_t kResponderDaysMax = 365;

Result<void> read_place(TomlTable& table, std::string_view key, const KeySettings& keys, KeyPlace& into) {
  std::string text = into.text();
  SHOMEI_CHECK(table.read(key, text, "\"file\" or \"token:NAME\""));
  SHOMEI_TRY(into, parse_key_place(text));
  if (!into.in_files() && !keys.token(into.token))
    return table.wrong(key, "\"file\", or \"token:NAME\" with the name of a [[token]]");
  return {};
}

Result<TokenSettings> read_token(TomlTable& table, const KeySettings& before) {
  TokenSettings token;
  std::string pin = "ask";
  SHOMEI_CHECK(table.read("name", token.name, "a name"));
  SHOMEI_CHECK(table.read("module", token.module, "the path of a PKCS#11 module"));
  SHOMEI_CHECK(table.read("label", token.label, "a text"));
  SHOMEI_CHECK(table.read("serial", token.serial, "a text"));
  SHOMEI_CHECK(table.read("pin", pin, "a text"));
  SHOMEI_CHECK(table.expect_no_other());
  if (!is_key_name(token.name) || before.token(token.name))
    return table.wrong("name", "a name of its own, of a-z, 0-9, - and _");
  if (token.module.empty()) return table.wrong("module", "the path of a PKCS#11 module");
  if (token.label.empty() && token.serial.empty())
    return table.wrong("label", "there, or serial: one of them says which token is meant");
  SHOMEI_TRY(token.pin, parse_pin_source(pin));
  return token;
}

Result<void> read_named(TomlTable& keys_table, KeySettings& keys) {
  SHOMEI_TRY(auto table, keys_table.table("named"));
  if (!table) return {};
  for (const auto& key : table->keys()) {
    if (!is_key_name(key)) return table->wrong(key, "under the name of a key, like signature-1");
    SHOMEI_CHECK(read_place(*table, key, keys, keys.named[key]));
  }
  return {};
}

}  // namespace

Result<void> read_keys(TomlTable& root, KeySettings& into) {
  SHOMEI_TRY(auto tokens, root.tables("token"));
  for (auto& table : tokens) {
    SHOMEI_TRY(auto token, read_token(table, into));
    into.tokens.push_back(std::move(token));
  }
  SHOMEI_TRY(auto table, root.table("keys"));
  if (!table) return {};
  for (auto use : kKeyUses)
    SHOMEI_CHECK(read_place(*table, name(use), into, into.of_use[static_cast<std::size_t>(use)]));
  std::int64_t days = into.responder_validity.count();
  SHOMEI_CHECK(table->read("responder_days", days, "a number of days"));
  if (days < 1 || days > kResponderDaysMax) return table->wrong("responder_days", "1 to 365");
  into.responder_validity = std::chrono::days{days};
  SHOMEI_CHECK(table->read_list("known_bad", into.known_bad, "a list of files"));
  SHOMEI_CHECK(read_named(*table, into));
  return table->expect_no_other();
}

}  // namespace shomei::home
