// Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) as a flag and a wait, so that long work ends whole.
#pragma once

#include <atomic>

namespace shomei::app {

// From now on they set the flag, but for a SIGHUP that is ignored (nohup). Call once, before making threads.
void catch_stop_signals();
const std::atomic<bool>& stop_requested();
void wait_for_stop();

}  // namespace shomei::app
