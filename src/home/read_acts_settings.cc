#include "home/read_acts_settings.h"

namespace shomei::home {
namespace {

constexpr std::int64_t kWorkersMax = 256;
constexpr std::int64_t kPatienceMax = 3600;

Result<void> read_tls(TomlTable& services, std::string_view key, std::string_view authorities,
                      TlsFiles& into) {
  SHOMEI_TRY(auto table, services.table(key));
  if (!table) return {};
  SHOMEI_CHECK(table->read("certificate", into.certificate, "a PEM file"));
  SHOMEI_CHECK(table->read("key", into.key, "a PEM file"));
  SHOMEI_CHECK(table->read(authorities, into.authorities, "a PEM file of CA certificates"));
  for (const auto& [name, file] : {std::pair{std::string_view("certificate"), &into.certificate},
                                   {"key", &into.key},
                                   {authorities, &into.authorities}})
    if (file->empty()) return wrong_value(table->full(name), "a PEM file");
  return table->expect_no_other();
}

}  // namespace

Result<void> read_acts(TomlTable& services, ActsSettings& into) {
  SHOMEI_CHECK(
      services.read("acts", into.listen, "an address like \"unix:acts.sock\" or \"127.0.0.1:8443\""));
  SHOMEI_CHECK(services.read("acts_cards", into.listen_cards, "an address like \"127.0.0.1:8445\""));
  SHOMEI_CHECK(services.read("acts_cards_clients", into.cards_clients, "a PEM file of CA certificates"));
  std::int64_t workers = into.workers;
  SHOMEI_CHECK(services.read("acts_workers", workers, "a number"));
  if (workers < 1 || workers > kWorkersMax) return services.wrong("acts_workers", "1 to 256");
  into.workers = static_cast<unsigned>(workers);
  std::int64_t patience = into.patience.count();
  SHOMEI_CHECK(services.read("acts_patience_seconds", patience, "a number of seconds"));
  if (patience < 1 || patience > kPatienceMax) return services.wrong("acts_patience_seconds", "1 to 3600");
  into.patience = std::chrono::seconds{patience};
  SHOMEI_CHECK(services.read("acts_plain_loopback", into.plain_loopback, "true or false"));
  SHOMEI_CHECK(services.read("authority_of_counter", into.authority_of_counter,
                             "an address like \"unix:/path\" or \"https://host:port\""));
  SHOMEI_CHECK(read_tls(services, "acts_tls", "clients", into.tls));
  return read_tls(services, "counter_tls", "authorities", into.counter_tls);
}

}  // namespace shomei::home
