#include "app/serve.h"

#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/open_home.h"
#include "app/stop_signal.h"

namespace shomei::app {
namespace {

// Prints the addresses as soon as they answer, and stays until Ctrl-C or SIGTERM.
Result<cli::Output> serve(const cli::Invocation& invocation) {
  catch_stop_signals();
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  SHOMEI_TRY(const auto services, Services::start(*home));
  const auto& at = services->addresses();
  if (invocation.json) {
    const nlohmann::json document{
        {"status", at.status}, {"authority", at.authority}, {"metrics", at.metrics}};
    cli::print_raw(document.dump() + "\n", true);
  } else {
    cli::print_raw("status     " + at.status + "/ocsp and /crl/\nauthority  " + at.authority +
                       "/authorities\nmetrics    " + at.metrics + "/metrics\nCtrl-C ends.\n",
                   true);
  }
  wait_for_stop();
  return cli::Output{};
}

}  // namespace

std::vector<cli::Command> serve_commands() {
  return {{"serve",
           "run the services: status (OCSP, CRL), the authorities' certificates, metrics",
           "shomei serve",
           {kAtOption},
           serve}};
}

}  // namespace shomei::app
