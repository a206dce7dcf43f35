#include "app/acts_tier.h"

#include "services/acts/acts_service.h"
#include "services/authority_service.h"
#include "services/problem.h"

namespace shomei::app {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::chrono::seconds kKnownFor{1};

bool is_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1";
}

// Relative names start at the home.
std::filesystem::path in_home(const home::Home& home, std::string_view path) {
  return home.layout().root / path;
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
  if (!acts.plain_loopback || !home_.settings().demo || !is_loopback(address.host)) return plain(acts.listen);
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

Result<std::unique_ptr<ActsTier>> ActsTier::start(home::Home& home,
                                                  std::function<void(std::string_view)> log) {
  std::unique_ptr<ActsTier> tier(new ActsTier(home));
  SHOMEI_TRY(auto settings, tier->where());
  settings.log = log;
  for (const auto kind : {pki::CertificateKind::user_authentication, pki::CertificateKind::signature})
    SHOMEI_CHECK(tier->issuing(kind));
  auto parts = home.parts();
  parts.issuing_authority = [of = tier.get()](pki::CertificateKind kind) { return of->issuing(kind); };
  auto router = services::authority_routes(home.engine());
  services::add_acts_routes(router, parts, std::move(log));
  SHOMEI_TRY(tier->server_, http::Server::listen(std::move(settings), std::move(router)));
  return tier;
}

}  // namespace shomei::app
