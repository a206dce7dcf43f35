// The resident that a person means: by identifier, or by the whole name when only one has it.
#pragma once

#include <string>

#include "journal/rows.h"

namespace shomei::counter {

// not_found "resident_unknown"; conflict "resident_name_ambiguous".
Result<residents::Resident> find_resident(journal::Rows& rows, const std::string& typed);

}  // namespace shomei::counter
