#include "app/acts_tier.h"

#include <algorithm>
#include <thread>

#include "http/loopback.h"
#include "services/acts/acts_service.h"
#include "services/authority_service.h"
#include "services/problem.h"
#include "texts/says.h"

namespace shomei::app {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::chrono::seconds kKnownFor{1};

// Relative names start at the home.
std::filesystem::path in_home(const home::Home& home, std::string_view path) {
  return home.layout().root / path;
}

// A token signs elsewhere, and whoever waits for it needs no processor.
unsigned issuers_of(const home::Settings& settings) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return settings.keys.tokens.empty() ? cores : std::max<unsigned>(cores, settings.acts.workers);
}

Error plain(const std::string& address) {
  return refused("acts_plain", {{"address", address}});
}

}  // namespace

Result<http::ServerSettings> ActsTier::where() const {
  const auto& acts = home_.settings().acts;
  http::ServerSettings settings;
  settings.worker_threads = acts.workers;
  settings.error_page = services::problem_page;
  if (acts.listen.starts_with(kUnix)) {
    settings.unix_socket = in_home(home_, std::string_view(acts.listen).substr(kUnix.size()));
    return settings;
  }
  SHOMEI_TRY(const auto address, home::parse_address(acts.listen));
  settings.address = address.host;
  settings.port = address.port;
  if (!acts.tls.certificate.empty()) {
    settings.tls = http::TlsServer{in_home(home_, acts.tls.certificate), in_home(home_, acts.tls.key),
                                   in_home(home_, acts.tls.authorities)};
    return settings;
  }
  if (!acts.plain_loopback || !home_.settings().demo || !http::is_loopback(address.host))
    return plain(acts.listen);
  return settings;
}

// Every citizen's card opens this door; who is no officer gets no further than the table of duties.
Result<http::ServerSettings> ActsTier::where_for_cards() const {
  const auto& acts = home_.settings().acts;
  if (!home_.settings().officers.required) return refused("acts_cards_open");
  if (acts.tls.certificate.empty()) return plain(acts.listen_cards);
  http::ServerSettings settings;
  settings.worker_threads = acts.workers;
  settings.error_page = services::problem_page;
  SHOMEI_TRY(const auto address, home::parse_address(acts.listen_cards));
  settings.address = address.host;
  settings.port = address.port;
  const auto& clients = acts.cards_clients.empty() ? acts.tls.authorities : acts.cards_clients;
  settings.tls = http::TlsServer{.certificate = in_home(home_, acts.tls.certificate),
                                 .key = in_home(home_, acts.tls.key),
                                 .clients = in_home(home_, clients),
                                 .for_cards = true};
  return settings;
}

Result<const authority::Authority*> ActsTier::issuing(pki::CertificateKind kind) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  auto& known = known_[kind];
  if (known.authority && now < known.until) return known.authority;
  SHOMEI_TRY(known.authority, home_.issuing_authority(kind));
  known.until = now + kKnownFor;
  return known.authority;
}

// At the start, while somebody is there for a PIN. Who lacks the key of one kind still issues the other,
// revokes both, and issues the first as soon as its key is at hand.
Result<void> ActsTier::open_keys(const std::function<void(std::string_view)>& log) {
  Result<void> first;
  bool any = false;
  for (const auto kind : {pki::CertificateKind::user_authentication, pki::CertificateKind::signature}) {
    const auto opened = issuing(kind);
    any = any || opened;
    if (opened) continue;
    log("no " + std::string(pki::name(kind)) +
        " certificates are issued: " + texts::says(opened.error(), texts::Language::en));
    if (first) first = opened.error();
  }
  return any ? Result<void>{} : first;
}

Result<std::unique_ptr<ActsTier>> ActsTier::start(home::Home& home,
                                                  std::function<void(std::string_view)> log) {
  std::unique_ptr<ActsTier> tier(new ActsTier(home));
  SHOMEI_TRY(auto settings, tier->where());
  settings.log = log;
  SHOMEI_CHECK(tier->open_keys(log));
  auto parts = home.parts();
  parts.issuing_authority = [of = tier.get()](pki::CertificateKind kind) { return of->issuing(kind); };
  auto router = services::authority_routes(home.engine());
  services::add_acts_routes(router, parts, issuers_of(home.settings()), log);
  const http::Handler routes = std::move(router);
  SHOMEI_TRY(tier->server_, http::Server::listen(std::move(settings), routes));
  if (home.settings().acts.listen_cards.empty()) return tier;
  SHOMEI_TRY(auto for_cards, tier->where_for_cards());
  for_cards.log = std::move(log);
  SHOMEI_TRY(tier->for_cards_, http::Server::listen(std::move(for_cards), routes));
  return tier;
}

}  // namespace shomei::app
