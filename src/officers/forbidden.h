// How what the table of duties does not allow is refused.
#pragma once

#include "officers/appointment.h"
#include "officers/duties.h"

namespace shomei::officers {

// `rule_id` tells whoever records refusals that this one is recorded.
inline Error forbidden(Error refusal) {
  refusal.rule = "docs/officers.md";
  return std::move(refusal).with("rule_id", "duties");
}

// refused "office_out_of_reach" {officer, office}: the act goes further than the appointment.
inline Result<void> look_at_reach(const Appointment& appointment, const OfficeId& office, Reach reach) {
  const bool reaches = reach == Reach::everywhere ? appointment.everywhere() : appointment.is_for(office);
  if (reaches) return {};
  return forbidden(
      refused("office_out_of_reach",
              {{"officer", appointment.name}, {"office", reach == Reach::everywhere ? "*" : office.text()}}));
}

}  // namespace shomei::officers
