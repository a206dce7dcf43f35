// Transaction: a run of commands between which no other process reaches the card. It waits until the card is
// free, and says whether someone has reset the card before it: then no PIN is verified any more and no
// application selected. The transport must live longer. Source: SCardBeginTransaction of pcsclite.
// Errors: those of PcscTransport; conflict "card_busy" never, because it waits.
#pragma once

#include "base/result.h"
#include "card/pcsc/pcsc_transport.h"

namespace shomei::card::pcsc {

class Transaction {
 public:
  // A card that was reset is connected to anew, as often as it takes a few times. At its end the card is left
  // as it is, or reset, which drops every verified PIN: other processes are then told that it was reset. It
  // is reset also when PcscTransport::reset_at_end was called.
  static Result<Transaction> begin(PcscTransport& transport, AtEnd at_end = AtEnd::leave_card);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  // Now, and with what pcscd says of it; the destructor ends what is not ended, silently.
  Result<void> end();
  // Another process has reset the card, or powered it off, since the transport was last told.
  bool card_was_reset() const { return card_was_reset_; }

 private:
  Transaction(PcscTransport& transport, AtEnd at_end, bool card_was_reset)
      : transport_(&transport), at_end_(at_end), card_was_reset_(card_was_reset) {}

  PcscTransport* transport_;  // none: ended
  AtEnd at_end_;
  bool card_was_reset_;
};

}  // namespace shomei::card::pcsc
