// The PINs that a counter's terminal asks the citizen for.
#pragma once

#include "cli/command.h"
#include "counter/personalise.h"

namespace shomei::app {

inline constexpr cli::Option kPinsOption{
    "pins", "FILE",
    "file (or - for stdin) with the authentication PIN on line 1 and the signature password on line 2; asked "
    "on the terminal when left out"};

Result<counter::CardPins> pins_from(const cli::Invocation& invocation, bool signature);

}  // namespace shomei::app
