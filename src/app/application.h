// The options by which an officer says who applied, what was shown and why.
#pragma once

#include <vector>

#include "cli/command.h"
#include "counter/application.h"

namespace shomei::app {

std::vector<cli::Option> application_options();
// A command's own, and those.
std::vector<cli::Option> with_application(std::vector<cli::Option> options);

// malformed "value_unknown" {member, value, allowed}.
Result<counter::Application> application_from(const cli::Invocation& invocation);

}  // namespace shomei::app
