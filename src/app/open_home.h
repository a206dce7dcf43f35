// Opens the home that a command line names.
#pragma once

#include "cli/command.h"
#include "cli/print.h"
#include "home/home.h"

namespace shomei::app {

inline constexpr cli::Option kAtOption{"at", "T",
                                       "move the clock of a demo home, e.g. 2030-04-01T09:00:00+09:00"};

inline Result<std::optional<Instant>> at_of(const cli::Invocation& invocation) {
  if (!invocation.has("at")) return std::optional<Instant>{};
  SHOMEI_TRY(const auto at, parse_instant(invocation.get("at")));
  return std::optional<Instant>{at};
}

inline Result<std::unique_ptr<home::Home>> open_home(const cli::Invocation& invocation,
                                                     journal::Access access) {
  SHOMEI_TRY(const auto at, at_of(invocation));
  SHOMEI_TRY(auto opened, home::Home::open(invocation.home, {access, at}));
  const auto& done = opened->recovery();
  if (done.written_off + done.confirmed + done.revoked > 0)
    cli::print_raw("shomei: an earlier act was interrupted and has been brought to an end: " +
                       std::to_string(done.confirmed) + " confirmed, " + std::to_string(done.revoked) +
                       " revoked, " + std::to_string(done.written_off) + " written off\n",
                   false);
  return opened;
}

}  // namespace shomei::app
