#include "app/stop_signal.h"

#include <csignal>
#include <thread>

namespace shomei::app {
namespace {

std::atomic<bool> requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler may touch nothing else

void request(int) {
  requested = true;
}

// nohup and its like: who lets a command outlive the terminal means it.
bool is_ignored(int signal) {
  struct sigaction now {};
  return sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

}  // namespace

void catch_stop_signals() {
  struct sigaction action {};
  action.sa_handler = request;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  if (!is_ignored(SIGHUP)) sigaction(SIGHUP, &action, nullptr);
}

const std::atomic<bool>& stop_requested() {
  return requested;
}

void wait_for_stop() {
  while (!requested) std::this_thread::sleep_for(std::chrono::milliseconds{100});
}

}  // namespace shomei::app
