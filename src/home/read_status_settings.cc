#include "home/read_status_settings.h"

#include <algorithm>
#include <limits>

namespace shomei::home {
namespace {

constexpr std::size_t kVerifiersMax = 10'000;

template <class T>
Result<void> read_count(TomlTable& table, std::string_view key, T& into, std::int64_t least,
                        std::int64_t most) {
  std::int64_t count = 0;
  if constexpr (std::is_same_v<T, std::chrono::seconds>)
    count = into.count();
  else
    count = static_cast<std::int64_t>(into);
  SHOMEI_CHECK(table.read(key, count, "a number"));
  if (count < least || count > most)
    return table.wrong(key, std::to_string(least) + " to " + std::to_string(most));
  into = static_cast<T>(count);
  return {};
}

Result<void> read_digest(TomlTable& table, std::string_view key, std::optional<crypto::Sha256>& into) {
  constexpr std::string_view kWanted = "a SHA-256 in hexadecimal";
  std::string text;
  SHOMEI_CHECK(table.read(key, text, kWanted));
  if (text.empty()) return {};
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() != std::tuple_size_v<crypto::Sha256>) return table.wrong(key, kWanted);
  std::ranges::copy(*bytes, into.emplace().begin());
  return {};
}

Result<Verifier> read_verifier(TomlTable& table) {
  Verifier verifier;
  SHOMEI_CHECK(table.read("name", verifier.name, "a text"));
  if (!is_verifier_name(verifier.name)) return table.wrong("name", "1 to 64 of a-z, 0-9, '.', '-' and '_'");
  SHOMEI_CHECK(read_digest(table, "token_sha256", verifier.token));
  SHOMEI_CHECK(read_digest(table, "certificate_sha256", verifier.certificate));
  if (!verifier.token && !verifier.certificate)
    return table.wrong("token_sha256", "this, or certificate_sha256");
  SHOMEI_CHECK(read_count(table, "requests_per_second", verifier.requests_per_second, 0, 1'000'000));
  SHOMEI_CHECK(table.expect_no_other());
  return verifier;
}

Result<void> read_verifiers(TomlTable& root, std::vector<Verifier>& into) {
  SHOMEI_TRY(auto tables, root.tables("verifier"));
  for (auto& table : tables) {
    SHOMEI_TRY(auto verifier, read_verifier(table));
    if (std::ranges::find(into, verifier.name, &Verifier::name) != into.end())
      return table.wrong("name", "a name that no other has");
    for (const auto& other : into)
      if ((verifier.token && verifier.token == other.token) ||
          (verifier.certificate && verifier.certificate == other.certificate))
        return table.wrong(verifier.token ? "token_sha256" : "certificate_sha256", "one that no other has");
    if (into.size() == kVerifiersMax) return table.wrong("name", "at most 10000 verifiers");
    into.push_back(std::move(verifier));
  }
  return {};
}

Result<void> read_tls(TomlTable& status, StatusSettings& into) {
  SHOMEI_CHECK(status.read("tls", into.tls_listen, "an address like \"127.0.0.1:8444\", or \"\""));
  SHOMEI_CHECK(status.read("tls_certificate", into.tls_certificate, "a PEM file"));
  SHOMEI_CHECK(status.read("tls_key", into.tls_key, "a PEM file"));
  SHOMEI_CHECK(status.read("tls_clients", into.tls_clients, "a PEM file of CA certificates"));
  if (into.tls_listen.empty()) return {};
  if (into.tls_certificate.empty())
    return status.wrong("tls_certificate", "a PEM file, since there is `tls`");
  if (into.tls_key.empty()) return status.wrong("tls_key", "a PEM file, since there is `tls`");
  if (into.tls_clients.empty()) return status.wrong("tls_clients", "a PEM file, since there is `tls`");
  return {};
}

}  // namespace

bool is_verifier_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string_view::npos;
}

Result<void> read_status(TomlTable& root, StatusSettings& into) {
  SHOMEI_CHECK(read_verifiers(root, into.verifiers));
  SHOMEI_TRY(auto table, root.table("status"));
  if (!table) return {};
  SHOMEI_CHECK(read_count(*table, "silence_seconds", into.silence, 1, 86'400));
  SHOMEI_CHECK(read_count(*table, "threads", into.loops, 0, 256));
  SHOMEI_CHECK(read_count(*table, "connections_max", into.connections_max, 16, 1'000'000));
  SHOMEI_CHECK(read_count(*table, "answers_max", into.answers_max, 2, 4'000'000));
  SHOMEI_CHECK(table->read("snapshot", into.snapshot, "a file, or \"\" for none"));
  std::string access = into.registered_only ? "registered" : "open";
  SHOMEI_CHECK(table->read("access", access, "\"open\" or \"registered\""));
  if (access != "open" && access != "registered") return table->wrong("access", "\"open\" or \"registered\"");
  into.registered_only = access == "registered";
  SHOMEI_CHECK(read_count(*table, "requests_per_second", into.requests_per_second, 0, 1'000'000));
  SHOMEI_CHECK(read_tls(*table, into));
  return table->expect_no_other();
}

}  // namespace shomei::home
