// Ctrl-C and SIGTERM as a flag and a wait, so that long work ends whole.
#pragma once

#include <atomic>

namespace shomei::app {

// From now on the two signals set the flag instead of ending the process. Call once, before threads are made.
void catch_stop_signals();
const std::atomic<bool>& stop_requested();
void wait_for_stop();

}  // namespace shomei::app
