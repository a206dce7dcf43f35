#include "home/store_settings.h"
#include "store/postgres/address.h"

namespace shomei::home {
namespace {

constexpr std::string_view kUrl = "\"\", or an address like \"postgresql://user@host/name\"";
constexpr std::string_view kPassword = "\"credential:NAME\", \"file:PATH\" or \"env:NAME\"";

// shomei.toml is read by more people than may know the password.
Result<void> expect_no_secret(const std::string& url) {
  if (url.empty()) return {};
  SHOMEI_TRY(const auto address, store::postgres::Address::parse(url));
  if (address.has_secrets()) return refused("store_url_password");
  return {};
}

// What was written may be the password itself, and is not quoted. Nobody is asked: libpq would be content
// without, and a store is opened more than once.
Result<std::optional<PinSource>> read_password(TomlTable& table, const std::string& url) {
  std::string text;
  SHOMEI_CHECK(table.read("password", text, kPassword));
  if (text.empty()) return std::optional<PinSource>{};
  const auto source = parse_pin_source(text);
  if (!source || source->from == PinSource::From::ask) return table.wrong("password", kPassword);
  if (url.empty()) return table.wrong("url", "there when a password is");
  return std::optional{*source};
}

}  // namespace

Result<void> read_store(TomlTable& root, StoreSettings& into) {
  SHOMEI_TRY(auto table, root.table("store"));
  if (!table) return {};
  SHOMEI_CHECK(table->read("url", into.url, kUrl));
  SHOMEI_CHECK(expect_no_secret(into.url));
  SHOMEI_TRY(into.password, read_password(*table, into.url));
  return table->expect_no_other();
}

}  // namespace shomei::home
