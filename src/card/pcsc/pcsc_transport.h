// PcscTransport: a card in a PC/SC reader. Others may use the card too between two commands, unless the
// connection is exclusive, or a Transaction runs: a client that verifies a PIN wants one of both.
// Errors: unavailable "pcsc_service_missing" (pcscd does not run, or was ended), refused "pcsc_denied",
// not_found "reader_none", not_found "reader_unknown" (parameter reader), unavailable "card_missing",
// "card_mute" (reader), conflict "card_busy" (reader), unavailable "card_gone" (taken out), unavailable
// "card_reset" (by another process: begin a Transaction anew, or call reconnect), refused "card_unsupported"
// (reader), internal "pcsc_failed" (call, system).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "card/transport.h"

namespace shomei::card::pcsc {

// In pcscd's order. Empty when pcscd runs and has no reader.
Result<std::vector<std::string>> list_readers();

enum class Use { exclusive, shared };
// What becomes of the card when a connection or a transaction ends: a reset drops every verified PIN.
enum class AtEnd { leave_card, reset_card };

class PcscTransport final : public Transport {
 public:
  // With an empty name: the first reader whose card has the JPKI application, whatever its ATR; not_found
  // "not_a_jpki_card" when there are cards and none has. Other cards are left as they are.
  static Result<std::unique_ptr<PcscTransport>> connect(const std::string& reader = {},
                                                        Use use = Use::exclusive,
                                                        AtEnd at_end = AtEnd::reset_card);
  // As `at_end` of connect says; reset unless it was told otherwise, so that no verified PIN stays behind.
  ~PcscTransport() override;
  PcscTransport(const PcscTransport&) = delete;
  PcscTransport& operator=(const PcscTransport&) = delete;

  Result<Bytes> transmit(ByteView command) override;
  // After "card_reset": the card is as after power-on, nothing selected and no PIN verified.
  Result<void> reconnect();
  // Resets the card and goes on.
  Result<void> power_anew();
  // For who is about to verify a PIN: once, when the transaction ends, in the same step, so that nobody comes
  // between; without a transaction when the connection ends. Whatever both were told.
  void reset_at_end();
  const std::string& reader() const { return reader_; }

 private:
  friend class Transaction;
  struct Connection;
  friend struct Connection;
  PcscTransport(std::string reader, std::unique_ptr<Connection> connection);
  static Result<std::unique_ptr<PcscTransport>> connect_to(const std::string& reader, Use use, AtEnd at_end);
  Result<void> reconnect_with(unsigned long disposition);
  static Result<std::unique_ptr<PcscTransport>> connect_to_jpki(Use use, AtEnd at_end);

  std::string reader_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace shomei::card::pcsc
