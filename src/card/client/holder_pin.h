// A PIN that its holder changes, in whichever application it is. Both select the application, which drops
// every verified PIN. Errors: what Terminal says; not_found "not_a_jpki_card" when the card has not the PIN's
// application or file.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/secret.h"
#include "card/pin_id.h"
#include "card/transport.h"

namespace shomei::card::client {

// Costs no try; as Terminal::tries_left.
Result<std::optional<unsigned>> tries_left(Transport& transport, PinId pin);

// Verifies the old one first, so that a wrong one costs a try. malformed "pin_form", "password_form" before
// anything is sent; refused "pin_wrong" {tries}, "pin_blocked".
Result<void> change_pin(Transport& transport, PinId pin, const SecretBytes& old_pin,
                        const SecretBytes& new_pin);

}  // namespace shomei::card::client
