// What every procedure of the counter needs; all borrowed from the composition in app/.
#pragma once

#include <functional>

#include "authority/authority.h"
#include "authority/profile.h"
#include "counter/office.h"
#include "journal/transaction.h"

namespace shomei::counter {

struct Parts {
  journal::Journal& journal;
  const authority::Profile& profile;
  const Directory& directory;
  // The generation that issues certificates of that kind now.
  std::function<Result<const authority::Authority*>(pki::CertificateKind)> issuing_authority;
};

// Who asks for an act, and where.
struct Officer {
  std::string name;  // recorded as the actor
  OfficeId office;
  RequestId request;
};

// The operator part of an act's entries.
journal::Fields officer_fields(std::string_view act, const Officer& officer);

// A refused act leaves a trace: one entry with the facts, the decision or the code of the refusal.
Result<void> record_refusal(const Parts& parts, std::string_view act, const Officer& officer,
                            const ResidentId& resident, const journal::Fields& person, const Error& refusal);

}  // namespace shomei::counter
