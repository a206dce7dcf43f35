// recover(): after a crash, brings every act that stands between its entries to an end, and says so in the
// journal.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string_view>

#include "journal/transaction.h"

namespace shomei::authority {

struct Recovery {
  std::size_t written_off = 0;  // intents whose certificate was never recorded: the serial stays used
  std::size_t confirmed = 0;    // certificates that the card turned out to hold
  std::size_t revoked = 0;      // certificates that never reached their card: destroyed before delivery
  std::size_t left = 0;         // certificates whose card could not be looked at now
};

// What became of something that was interrupted on its way to the card, once the card was looked at.
enum class CardEnd {
  held,         // the card had it already
  completed,    // the card had made everything ready for it, and has it now
  rolled_back,  // the card will never have it
};
std::string_view name(CardEnd end);  // "held", ...
// Of the officer's part of the entry that brings it to its end.
inline constexpr std::string_view kCardEndField = "card_end";
journal::Fields with_card_end(journal::Fields officer, CardEnd end);

// A certificate that was issued and not delivered: confirmed, or revoked as one that was destroyed before its
// delivery. `officer`: who found it.
Result<void> settle(const journal::CertificateRecord& record, CardEnd end, const journal::Fields& officer,
                    journal::Journal& journal);
// The officer's part of what nobody at a counter asked for.
journal::Fields recovering();

// Looks at the card, and brings it so far. An error leaves the certificate as it is.
using EndOnCard = std::function<Result<CardEnd>(const journal::CertificateRecord&)>;

// The caller makes sure that no act is under way (app/home's lock).
Result<Recovery> recover(journal::Journal& journal, const EndOnCard& end_on_card);

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
