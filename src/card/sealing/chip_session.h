// ChipSession: the card's end of a sealed session. It takes a sealed command apart and seals the answer; what
// the command does is the applet's. A session that has failed once is over: the counter is no longer known.
#pragma once

#include <cstdint>
#include <optional>

#include "base/secret.h"
#include "card/apdu.h"
#include "card/sealing/seal.h"

namespace shomei::card::sealing {

// Measured on test cards.
inline constexpr StatusWord kNoObject = 0x6987;       // class 0C: there is no checksum in this session
inline constexpr StatusWord kSealWrong = 0x6988;      // and the session is over
inline constexpr StatusWord kNoSession = 0x69FC;      // a sealed command without one
inline constexpr StatusWord kNoKeyDelivery = 0x66F1;  // SET SESSION KEY where no key is published

// A command of which the data are this object's.
struct OpenedCommand {
  SecretBytes data;
  Command header;  // class 00; without data

  Command command() const {
    Command whole = header;
    whole.data = data.reveal();
    return whole;
  }
};

class ChipSession {
 public:
  explicit ChipSession(const SecretBytes& seed) : seal_(seed) {}

  // VERIFY and SELECT carry one object 86, READ BINARY one object 96. Nothing: answer kSealWrong and drop
  // this. Each command that was opened moves the counter, whatever comes of it.
  std::optional<OpenedCommand> open(const Command& sealed);
  // The answer to the command that was opened last. Words other than 9000 stand as they are.
  Answer seal(const Answer& answer) const;

 private:
  Seal seal_;
  std::uint32_t counter_ = 0;  // of the command that was opened last
};

}  // namespace shomei::card::sealing
