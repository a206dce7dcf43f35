// Forgets what the journal says about a person: body and salt of the person parts of all their entries. An
// act of its own, in one transaction with its entry, which names nobody. Receipts made before still prove.
#pragma once

#include "journal/transaction.h"

namespace shomei::journal {

struct Erased {
  ActId act;
  std::uint64_t entries = 0;  // whose person part has been forgotten
};

// `officer` is the operator part of the act's entry, without its name and count. refused
// "erase_certificate_in_force" {serial, state, not_after} while a certificate is reserved, or valid or
// suspended and not over; not_found "erase_nothing_left" {resident} when there is no such part.
// What scrub() of the engine says comes behind the commit: it is forgotten then, and may stand in the log.
Result<Erased> erase_person(const Journal& journal, const ResidentId& resident, Fields officer);

}  // namespace shomei::journal
