// The people of a demo home, as lines of a register file: each stands for a rule or a trap. All are invented.
#pragma once

#include <string>

#include "base/calendar.h"

namespace shomei::home {

// Days that a story needs near or far are reckoned from `today`.
std::string demo_register(Date today);

}  // namespace shomei::home
