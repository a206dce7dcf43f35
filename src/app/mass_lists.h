// The revocation lists that show a mass act, published behind it where no service does.
#pragma once

#include <vector>

#include "home/home.h"
#include "mass/report.h"

namespace shomei::app {

// Signs what is due of every authority that the act concerns, until the lists say what is true. The lists
// that stand then. unavailable "mass_lists_not_published" {authority}; what authority/standing_lists.h says.
Result<std::vector<mass::ShownIn>> publish_lists(home::Home& home, const mass::Standing& standing);

}  // namespace shomei::app
