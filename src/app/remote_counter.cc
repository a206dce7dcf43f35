#include "app/remote_counter.h"

#include "app/officer_options.h"
#include "http/loopback.h"

namespace shomei::app {
namespace {

// Relative names of settings start at the home, those of the command line where it was typed.
Result<http::Place> named_place(const cli::Invocation& invocation, const home::CounterHome& home) {
  if (invocation.has("authority")) return http::parse_place(invocation.get("authority"));
  SHOMEI_TRY(auto place, http::parse_place(home.settings().acts.authority_of_counter));
  if (!place.unix_socket.empty()) place.unix_socket = home.layout().root / place.unix_socket;
  return place;
}

// Without TLS anybody could answer in the authority's place, and read what is asked.
Result<http::Place> place_of(const cli::Invocation& invocation, const home::CounterHome& home) {
  SHOMEI_TRY(auto place, named_place(invocation, home));
  const bool known = place.tls || !place.unix_socket.empty();
  if (known || (home.settings().acts.plain_loopback && http::is_loopback(place.host))) return place;
  return refused("acts_plain", {{"address", place.text()}});
}

// The officer's own certificate where there is one, else that of the counter.
std::optional<http::TlsClient> tls_of(const cli::Invocation& invocation, const home::CounterHome& home) {
  const auto& files = home.settings().acts.counter_tls;
  if (files.certificate.empty()) return std::nullopt;
  const auto& root = home.layout().root;
  if (const auto own = proof_files(invocation); !own.certificate.empty() && !own.key.empty())
    return http::TlsClient{root / files.authorities, own.certificate, own.key};
  return http::TlsClient{root / files.authorities, root / files.certificate, root / files.key};
}

}  // namespace

Result<std::optional<RemoteCounter>> remote_counter(const cli::Invocation& invocation) {
  SHOMEI_TRY(auto home, home::CounterHome::open(invocation.home));
  if (!invocation.has("authority") && home->settings().acts.authority_of_counter.empty())
    return std::optional<RemoteCounter>{};
  // Nobody breaks it from afar.
  if (invocation.has("break-glass")) return refused("break_glass_remote");
  SHOMEI_TRY(auto place, place_of(invocation, *home));
  SHOMEI_TRY(auto client, http::Client::make(std::move(place), tls_of(invocation, *home)));
  return std::optional<RemoteCounter>{
      RemoteCounter{std::move(home), remote::AuthorityClient(std::move(client), invocation.language)}};
}

}  // namespace shomei::app
