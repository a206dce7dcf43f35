// What an entry of a mass act says of it, JSON, in its operator part.
#pragma once

#include <string>

#include "journal/contents.h"

namespace shomei::mass {

// internal "mass_record_broken".
Result<std::string> mass_field(const journal::StoredEntry& stored);

}  // namespace shomei::mass
