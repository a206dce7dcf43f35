// Turns register rows and certificates into the facts that rules look at, and finds the rows of one resident.
#pragma once

#include <vector>

#include "counter/office.h"
#include "journal/rows.h"
#include "rules/decide.h"

namespace shomei::counter {

struct Holder {
  residents::Resident resident;
  residents::CardRecord card;
  std::vector<journal::CertificateRecord> certificates;  // all that were ever on a card of the resident
  bool operator==(const Holder&) const = default;
};

// not_found "resident_unknown", "resident_has_no_card".
Result<Holder> find_holder(journal::Rows& rows, const ResidentId& id);

// Of the resident, the card and the certificates on it; and, of an act, of the office and the instant.
void take_rows(rules::Facts& facts, const Holder& holder);
rules::Facts facts_of(const Holder& holder);
rules::Facts facts_of(const Holder& holder, const Office& office, Instant at);
rules::Office facts_of(const Office& office);
// Of a certificate that is asked about, and the card that it is on, which need not be the latest one.
Result<rules::Facts> facts_of_certificate(journal::Rows& rows, const journal::CertificateRecord& record,
                                          const Office& office, Instant at);

// The facts after a grant: what it ends is revoked, and what it makes is there. For the certificate that is
// decided next in the same visit.
void take_in(rules::Facts& facts, const rules::Decision& decision);

}  // namespace shomei::counter
