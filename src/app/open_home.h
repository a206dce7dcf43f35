// Opens the home that a command line names.
#pragma once

#include "app/secret_questions.h"
#include "app/stop_signal.h"
#include "cli/command.h"
#include "cli/print.h"
#include "home/home.h"

namespace shomei::app {

inline constexpr cli::Option kAtOption{"at", "T",
                                       "move the clock of a demo home, e.g. 2030-04-01T09:00:00+09:00"};

// The years in Japan to which a clock may be moved: what it makes then (an authority lasts up to 30 years)
// has a date of four digits, which is all that certificates and the journal have room for.
inline constexpr std::chrono::year kAtFirstYear{2000};
inline constexpr std::chrono::year kAtLastYear{2199};

// malformed "instant_form", "at_out_of_range".
inline Result<std::optional<Instant>> at_of(const cli::Invocation& invocation) {
  if (!invocation.has("at")) return std::optional<Instant>{};
  SHOMEI_TRY(const auto at, parse_instant(invocation.get("at")));
  const auto year = jst_date(at).year();
  if (year < kAtFirstYear || year > kAtLastYear)
    return malformed("at_out_of_range", {{"at", invocation.get("at")}});
  return std::optional<Instant>{at};
}

inline Result<std::unique_ptr<home::Home>> open_home(const cli::Invocation& invocation,
                                                     journal::Access access) {
  SHOMEI_TRY(const auto at, at_of(invocation));
  SHOMEI_TRY(auto opened, home::Home::open(invocation.home, {.access = access,
                                                             .at = at,
                                                             .ask = ask_on_terminal(invocation.language),
                                                             .stop = &stop_requested()}));
  if (opened->settled() == home::Settled::completed)
    cli::print_raw("shomei: an interrupted move of the store has been completed: the new one is in use\n",
                   false);
  if (opened->settled() == home::Settled::taken_back)
    cli::print_raw("shomei: an interrupted move of the store was not completed: the old one is in use\n",
                   false);
  const auto& done = opened->recovery();
  if (done.written_off + done.confirmed + done.revoked > 0)
    cli::print_raw("shomei: an earlier act was interrupted and has been brought to an end: " +
                       std::to_string(done.confirmed) + " confirmed, " + std::to_string(done.revoked) +
                       " revoked, " + std::to_string(done.written_off) + " written off\n",
                   false);
  return opened;
}

}  // namespace shomei::app
