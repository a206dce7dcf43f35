#include "store/postgres/open.h"

#include <iterator>
#include <string>

#include "store/postgres/migrations.h"

namespace shomei::store::postgres {
namespace {

constexpr int kServerVersionMin = 150000;  // what it is tested with
constexpr std::int64_t kVersion = std::size(kMigrations);

constexpr Statement kDurability{"durability",
                                "SELECT current_setting('synchronous_commit'), current_setting('fsync')"};
constexpr Statement kTables{
    "tables",
    "SELECT current_schema() IS NOT NULL, to_regclass('shomei_form') IS NOT NULL, EXISTS (SELECT FROM "
    "pg_class AS c"
    " JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema())"};
constexpr Statement kForm{"form", "SELECT application, version::bigint FROM shomei_form"};
constexpr const char* kBegin =
    "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s';"
    " SELECT pg_advisory_xact_lock(1936223592, hashtext(current_schema()))";
// All that the migrations make, which a test looks after.
constexpr const char* kUnmake =
    "DROP TABLE shomei_form, resident, card, authority, serial_space, certificate, certificate_state,"
    " certificate_der, blocked_key, request, crl, journal, private_part, entry_about, tile, head;"
    " DROP FUNCTION shomei_append_only(); COMMIT";

Error unfit(const Address& address, std::string what) {
  return refused("store_server_unfit", {{"path", address.shown()}, {"what", std::move(what)}});
}

Result<void> expect_known_server(const Connection& connection, const Address& address) {
  if (connection.server_version() < kServerVersionMin)
    return unfit(address, "server_version = " + connection.told("server_version"));
  if (const auto encoding = connection.told("server_encoding"); encoding != "UTF8")
    return unfit(address, "server_encoding = " + encoding);
  return {};
}

// The version of the tables: 0 when there are none.
Result<std::int64_t> version_of(Connection& connection, const Address& address) {
  SHOMEI_TRY(const auto tables, connection.ask(kTables));
  const Row found(tables, 0);
  if (!found.boolean(0)) return unfit(address, "no schema of its search_path is there");
  const Parameters p{{"path", address.shown()}};
  if (!found.boolean(1)) return found.boolean(2) ? Result<std::int64_t>(refused("store_foreign", p)) : 0;
  SHOMEI_TRY(const auto form, connection.ask(kForm));
  if (form.rows() != 1 || Row(form, 0).text(0) != "shomei") return refused("store_foreign", p);
  return Row(form, 0).integer(1);
}

Result<std::int64_t> expect_version(Connection& connection, const Address& address, OpenMode mode) {
  SHOMEI_TRY(const auto version, version_of(connection, address));
  const Parameters p{
      {"path", address.shown()}, {"found", std::to_string(version)}, {"known", std::to_string(kVersion)}};
  if (version > kVersion) return refused("home_newer", p);
  if (version == 0 && mode != OpenMode::create) return not_found("store_missing", p);
  if (version < kVersion && mode == OpenMode::read_only) return refused("home_older", p);
  return version;
}

// In the transaction that kBegin has begun.
Result<void> bring_forward(Connection& connection, std::int64_t version) {
  for (; version < kVersion; ++version) SHOMEI_CHECK(connection.run_script(kMigrations[version]));
  const std::string end = "UPDATE shomei_form SET version = " + std::to_string(kVersion) + "; COMMIT";
  return connection.run_script(end.c_str());
}

}  // namespace

Result<void> expect_fit_to_write(Connection& connection, const Address& address) {
  SHOMEI_CHECK(expect_known_server(connection, address));
  for (const char* name : {"in_hot_standby", "default_transaction_read_only"})
    if (connection.told(name) == "on")
      return unavailable("store_standby", {{"path", address.shown()}, {"what", std::string(name) + " = on"}});
  SHOMEI_TRY(const auto settings, connection.ask(kDurability));
  const Row row(settings, 0);
  if (row.text(0) == "off") return unfit(address, "synchronous_commit = off");
  if (row.text(1) == "off") return unfit(address, "fsync = off");
  return {};
}

Result<void> prepare_database(Connection& connection, const Address& address, OpenMode mode) {
  if (mode == OpenMode::read_only) {
    SHOMEI_CHECK(expect_known_server(connection, address));
    SHOMEI_CHECK(expect_version(connection, address, mode));
    return {};
  }
  SHOMEI_CHECK(expect_fit_to_write(connection, address));
  SHOMEI_TRY(auto version, expect_version(connection, address, mode));
  if (version == kVersion) return {};
  SHOMEI_CHECK(connection.run_script(kBegin));
  // Another process may have been here while this one waited.
  SHOMEI_TRY(version, expect_version(connection, address, mode));
  return bring_forward(connection, version);
}

Result<void> make_database(Connection& connection, const Address& address) {
  SHOMEI_CHECK(expect_fit_to_write(connection, address));
  SHOMEI_CHECK(connection.run_script(kBegin));
  SHOMEI_TRY(const auto version, version_of(connection, address));
  if (version != 0) return conflict("store_exists", {{"path", address.shown()}});
  return bring_forward(connection, version);
}

Result<void> unmake_database(Connection& connection, const Address& address) {
  SHOMEI_CHECK(connection.run_script(kBegin));
  SHOMEI_CHECK(expect_version(connection, address, OpenMode::existing));
  return connection.run_script(kUnmake);
}

}  // namespace shomei::store::postgres
