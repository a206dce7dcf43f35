// The same as change_status.h for many certificates of one authority at once: one decision, taken of what
// they have in common, and one statement of the store. Those that are in another state by now stay as they
// are, and are told apart; the draft's status part gets what has changed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "journal/transaction.h"
#include "rules/decide.h"

namespace shomei::authority {

struct Many {
  std::string authority;  // "signature-1"
  std::string serial_space;
  pki::CertificateKind kind{};
  std::vector<pki::SerialNumber> serials;  // each once
};

// Of those that are valid or suspended. refused "revocation_not_decided" {authority} when the decision ends
// no certificate of that kind, or holds it.
Result<std::vector<journal::Moved>> revoke(journal::Transaction& transaction, journal::Draft& draft,
                                           const Many& many, const rules::Decision& decision, Instant at);
// Of those that are valid. refused "suspension_not_decided" {authority}.
Result<std::vector<journal::Moved>> suspend(journal::Transaction& transaction, journal::Draft& draft,
                                            const Many& many, const rules::Decision& decision, Instant at);

}  // namespace shomei::authority
