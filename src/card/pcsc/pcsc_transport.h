// PcscTransport: a card in a PC/SC reader. Others may use the card too between two commands, unless the
// connection is exclusive; a client that verifies a PIN wants it exclusive.
// Errors: unavailable "pcsc_service_missing" (pcscd does not run), not_found "reader_none", not_found
// "reader_unknown" (parameter reader), unavailable "card_missing" (reader), conflict "card_busy" (reader),
// unavailable "card_gone" (taken out or reset), internal "pcsc_failed" (call, system).
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

class PcscTransport final : public Transport {
 public:
  // With an empty name: the first reader whose card has the JPKI application; not_found "not_a_jpki_card"
  // when there are cards and none has.
  static Result<std::unique_ptr<PcscTransport>> connect(const std::string& reader = {},
                                                        Use use = Use::exclusive);
  // The card is reset, so that no verified PIN stays behind for the next one.
  ~PcscTransport() override;
  PcscTransport(const PcscTransport&) = delete;
  PcscTransport& operator=(const PcscTransport&) = delete;

  Result<Bytes> transmit(ByteView command) override;
  const std::string& reader() const { return reader_; }

 private:
  struct Connection;
  PcscTransport(std::string reader, std::unique_ptr<Connection> connection);
  static Result<std::unique_ptr<PcscTransport>> connect_to(const std::string& reader, Use use);
  static Result<std::unique_ptr<PcscTransport>> connect_to_jpki(Use use);

  std::string reader_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace shomei::card::pcsc
