// Turns register rows and certificates into the facts that rules look at, and finds the rows of one resident.
#pragma once

#include <optional>
#include <vector>

#include "journal/rows.h"
#include "rules/facts.h"

namespace shomei::counter {

struct Holder {
  residents::Resident resident;
  residents::CardRecord card;
  std::vector<journal::CertificateRecord> certificates;  // all that were ever on a card of the resident
};

// not_found "resident_unknown", "resident_has_no_card".
Result<Holder> find_holder(journal::Rows& rows, const ResidentId& id);

rules::Facts facts_of(const Holder& holder, Date authority_valid_until,
                      std::optional<Date> authentication_valid_until);

}  // namespace shomei::counter
