// The procedure "register event": the record changes, the rules say which certificates end by it, and both
// are one transaction and one entry of the journal.
#pragma once

#include <vector>

#include "counter/parts.h"
#include "register/register_event.h"
#include "rules/decide.h"

namespace shomei::counter {

struct EventReport {
  residents::Resident before;
  residents::Resident after;
  rules::Decision decision;
  std::vector<journal::CertificateRecord> revoked;  // as they are now
};

// not_found "resident_unknown", "resident_has_no_card"; refused "event_changes_nothing",
// "continued_use_too_late" and what the rules refuse; conflict "issue_under_way"; malformed as in a register
// line, and "born_in_future".
Result<EventReport> record_event(const Parts& parts, const Officer& officer, const ResidentId& resident,
                                 const residents::RegisterEvent& event);

// The facts that record_event would decide on, for who only asks.
Result<rules::Facts> event_facts(const Directory& directory, journal::Rows& rows, const OfficeId& office,
                                 const ResidentId& resident, const residents::RegisterEvent& event,
                                 Instant at);

}  // namespace shomei::counter
