// recover(): after a crash, brings every act that stands between its entries to an end, and says so in the
// journal.
#pragma once

#include <chrono>
#include <functional>
#include <map>

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

// Intents that nobody brings to an end: of another process over the same store that has died, or of this one
// when its store was gone at the wrong moment. They are known by having stood there for long. Whoever is
// slower than that finds the certificate written off and hands nothing out (authority/issue.h), so this needs
// no lock. Used by one thread.
class AbandonedIntents {
 public:
  using Clock = std::chrono::steady_clock;  // not the journal's: a demo moves that
  explicit AbandonedIntents(std::chrono::seconds patience) : patience_(patience) {}
  // Writes off those that every look has found since `patience` ago; how many.
  Result<std::size_t> look(journal::Journal& journal, Clock::time_point now);

 private:
  std::chrono::seconds patience_;
  std::map<ActId, Clock::time_point> seen_;  // first
};

}  // namespace shomei::authority
