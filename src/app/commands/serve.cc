#include "app/serve.h"

#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "app/stop_signal.h"

namespace shomei::app {
namespace {

Result<Tiers> tiers_of(const cli::Invocation& invocation) {
  const auto text = invocation.get("only", "all");
  if (const auto tiers = parse_tiers(text)) return *tiers;
  return malformed("value_unknown",
                   {{"member", "--only"}, {"value", text}, {"allowed", "all, authority, status"}});
}

// The status tier reads, and opens no key but the responders'.
Result<std::unique_ptr<home::Home>> home_for(const cli::Invocation& invocation, Tiers tiers) {
  if (tiers != Tiers::status) return open_home(invocation, journal::Access::write);
  SHOMEI_TRY(auto home, open_home(invocation, journal::Access::read));
  SHOMEI_CHECK(home->open_keys());
  return home;
}

struct Line {
  const char* name;
  const std::string& url;
  const char* paths;
};

// Prints the addresses as soon as they answer, and stays until Ctrl-C or SIGTERM.
Result<cli::Output> serve(const cli::Invocation& invocation) {
  catch_stop_signals();
  SHOMEI_TRY(const auto tiers, tiers_of(invocation));
  SHOMEI_TRY(const auto home, home_for(invocation, tiers));
  SHOMEI_TRY(const auto services, Services::start(*home, tiers));
  const auto& at = services->addresses();
  nlohmann::json document = nlohmann::json::object();
  std::string text;
  for (const auto& [name, url, paths] : {Line{"status", at.status, "/ocsp and /crl/"},
                                         {"status_tls", at.status_tls, "/ocsp and /crl/"},
                                         {"authority", at.authority, "/authorities"},
                                         {"metrics", at.metrics, "/metrics"},
                                         {"acts", at.acts, " (/acts/)"},
                                         {"acts_cards", at.acts_cards, " (/acts/, by card)"}}) {
    if (url.empty()) continue;
    document[name] = url;
    text += std::string(name) + std::string(11 - std::string_view(name).size(), ' ') + url + paths + "\n";
  }
  cli::print_raw(invocation.json ? document.dump() + "\n" : text + "Ctrl-C ends.\n", true);
  wait_for_stop();
  return cli::Output{};
}

}  // namespace

std::vector<cli::Command> serve_commands() {
  return {
      {"serve",
       "run the services: status (OCSP, CRL), the authorities' certificates, metrics, and acts for counters "
       "elsewhere",
       "shomei serve",
       {{"only", "TIER",
         "authority (its certificates, lists, acts), status (OCSP, lists, metrics), or all "
         "(default)"},
        kAtOption},
       serve}};
}

}  // namespace shomei::app
