// SessionTransport: the terminal's end of a sealed session, as a Transport around another: VERIFY with data,
// SELECT of a file and READ BINARY go through it sealed, everything else as it is. The input-helper
// application is selected and its PIN verified before; selecting any application ends the session. Borrows
// the other transport. Errors: those of the other transport; malformed "card_answer_sealed" when an answer
// does not open: the session is over.
#pragma once

#include <cstdint>

#include "card/apdu.h"
#include "card/sealing/seal.h"
#include "card/transport.h"

namespace shomei::card::sealing {

class SessionTransport final : public Transport {
 public:
  // Draws the seed and hands it over. refused "pin_needed" before the PIN; refused "session_refused" {sw}
  // when the card takes no session key.
  static Result<SessionTransport> begin(Transport& card, const crypto::PublicKey& card_key);

  Result<Bytes> transmit(ByteView command) override;

 private:
  SessionTransport(Transport& card, const SecretBytes& seed) : card_(&card), seal_(seed) {}
  Result<Bytes> transmit_sealed(const Command& command);

  Transport* card_;
  Seal seal_;
  std::uint32_t counter_ = 0;  // of the command that was sent last
  bool over_ = false;
};

}  // namespace shomei::card::sealing
