// Of whom a certificate speaks, from the register row and the decision.
#pragma once

#include "authority/prepare.h"
#include "register/resident.h"

namespace shomei::counter {

// The address is the register's, or what the decision says in its place of who moves abroad.
authority::Subject subject_of(const residents::Resident& resident, const rules::Decision& decision,
                              const authority::Municipality& place, const rules::Settings& settings);

}  // namespace shomei::counter
