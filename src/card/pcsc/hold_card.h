// A card held for one act of a program that does not stay: connected to and in a transaction, within a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "card/pcsc/pcsc_transport.h"
#include "card/pcsc/transaction.h"

namespace shomei::card::pcsc {

struct HeldCard {
  std::unique_ptr<PcscTransport> transport;
  std::optional<Transaction> transaction;  // ends before the connection does

  // Others may use the card until it is held again; the connection stays.
  void let_go() { transaction.reset(); }
};

// Shared: others may be connected, and wait until we are done. pcscd itself waits without end for a card that
// another process holds in a transaction; here conflict "card_busy" (parameter reader) is said after
// `patience`, which is a second at least, and what still waits gives the card back when it gets it. With an
// empty name: the first reader whose card has the JPKI application; one that another process holds is passed
// over when a later one has such a card. The card is left as it is, unless PcscTransport::reset_at_end is
// called. Errors: as PcscTransport::connect.
Result<HeldCard> hold_card(const std::string& reader, std::chrono::milliseconds patience);
// One that was let go. unavailable "card_gone" when it is another card, or none. After an error the card is
// nobody's: only to be destroyed.
Result<void> hold_again(HeldCard& card, std::chrono::milliseconds patience);

}  // namespace shomei::card::pcsc
