// The options by which an officer says what happened to a resident.
#pragma once

#include <vector>

#include "cli/command.h"
#include "register/register_event.h"

namespace shomei::app {

std::vector<cli::Option> event_options();

// malformed "value_unknown"; "option_unfit" {option, event, with} when an option means nothing for the event.
Result<residents::RegisterEvent> event_from(const cli::Invocation& invocation);

}  // namespace shomei::app
