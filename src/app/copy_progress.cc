#include "app/copy_progress.h"

#include <chrono>
#include <memory>

#include "app/stop_signal.h"
#include "cli/print.h"

namespace shomei::app {
namespace {

constexpr std::chrono::seconds kPause{1};

std::string_view word(journal::CopyStep::Doing doing) {
  switch (doing) {
    case journal::CopyStep::Doing::copying:
      return "copied";
    case journal::CopyStep::Doing::reading:
      return "compared";
    default:
      return "verified";
  }
}

}  // namespace

journal::CopyProgress copy_progress() {
  using Clock = std::chrono::steady_clock;
  catch_stop_signals();
  auto said_at = std::make_shared<Clock::time_point>(Clock::now());
  return [said_at](const journal::CopyStep& step) -> Result<void> {
    if (stop_requested()) return unavailable("interrupted");
    const auto now = Clock::now();
    if (now - *said_at < kPause) return {};
    *said_at = now;
    cli::print_raw("shomei: " + std::to_string(step.rows) + " rows " + std::string(word(step.doing)) + ": " +
                       std::string(journal::name(step.kind)) + "\n",
                   false);
    return {};
  };
}

}  // namespace shomei::app
