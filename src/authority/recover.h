// recover(): after a crash, brings every act that stands between its entries to an end, and says so in the
// journal.
#pragma once

#include <functional>

#include "journal/transaction.h"

namespace shomei::authority {

struct Recovery {
  std::size_t written_off = 0;  // intents whose certificate was never recorded: the serial stays used
  std::size_t confirmed = 0;    // certificates that the card turned out to hold
  std::size_t revoked = 0;      // certificates that never reached their card: destroyed before delivery
  std::size_t left = 0;         // certificates whose card could not be looked at now
};

// Whether the card holds exactly this certificate and is in use. An error leaves the certificate as it is.
using CardHolds = std::function<Result<bool>(const journal::CertificateRecord&)>;

// The caller makes sure that no act is under way (app/home's lock).
Result<Recovery> recover(journal::Journal& journal, const CardHolds& card_holds);

}  // namespace shomei::authority
