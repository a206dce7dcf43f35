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
  std::optional<Transaction> transaction;  // ends before the connection, which resets the card
};

// Shared: others may be connected, and wait until we are done. pcscd itself waits without end for a card that
// another process holds in a transaction; here conflict "card_busy" (parameter reader, empty when none was
// named) is said after `patience`, and what still waits gives the card back when it gets it. With an empty
// name: the first reader whose card has the JPKI application. Errors: as PcscTransport::connect.
Result<HeldCard> hold_card(const std::string& reader, std::chrono::milliseconds patience);

}  // namespace shomei::card::pcsc
