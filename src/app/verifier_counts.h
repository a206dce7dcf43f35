// VerifierCounts: how often registered verifiers asked the status service, recorded in the journal once an
// hour and at the end, in sums: what they asked about is nobody's to know.
#pragma once

#include <map>
#include <string>

#include "journal/transaction.h"
#include "services/access.h"

namespace shomei::app {

class VerifierCounts {
 public:
  // All outlive it.
  VerifierCounts(const services::Access& access, journal::Journal& journal);

  // Records what was asked since the last time, when an hour is over or `at_once`, and anything was. Returns
  // whether it looked. What the journal says.
  Result<bool> record(bool at_once = false);

 private:
  const services::Access& access_;
  journal::Journal& journal_;
  Instant since_;
  std::map<std::string, services::Access::Asked> recorded_;
};

}  // namespace shomei::app
