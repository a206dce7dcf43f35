// Who can appoint anybody, and agree to that: without one of them a home has nobody who makes officers.
#pragma once

#include "officers/appointment.h"

namespace shomei::officers {

// A key officer for all offices, who can show it.
bool appoints_anybody(const Appointment& appointment);

}  // namespace shomei::officers
