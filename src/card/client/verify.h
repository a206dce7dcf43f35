// VERIFY (ISO/IEC 7816-4) of a PIN of the application that is selected, and its change. Of this folder and of
// card/reading and card/traces. Errors: those of exchange.h.
#pragma once

#include <cstdint>
#include <optional>

#include "card/application.h"
#include "card/client/exchange.h"

namespace shomei::card::client {

// Of the selected file; without data, which costs no try. 0: blocked, or none was ever set. A PIN that is
// verified already (9000) has all its tries, `tries_max`. None: the card does not say (6300).
Result<std::optional<unsigned>> ask_tries(Transport& transport, unsigned tries_max);
// With a PIN in the form of the card, sent once. refused "pin_wrong" {tries}, "pin_blocked".
Result<void> give_pin(Transport& transport, ByteView pin, std::uint8_t reference = kCurrentFile);
// Of the selected file, both in the form of the card: VERIFY with the old one, so that a wrong one costs a
// try, then CHANGE REFERENCE DATA with the new one alone. As give_pin.
Result<void> replace_pin(Transport& transport, ByteView old_pin, ByteView new_pin);

}  // namespace shomei::card::client
