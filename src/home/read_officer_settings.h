// Reads [officers]: who may do what in this home, and what needs a second officer.
#pragma once

#include "home/toml_table.h"
#include "officers/admission.h"

namespace shomei::home {

// required, proposal_hours; of [officers.approvals] a number for each act of the table of duties. malformed
// "setting_value", "setting_unknown".
Result<void> read_officers(TomlTable& root, officers::Settings& into);

}  // namespace shomei::home
