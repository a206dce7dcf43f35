// Where a citizen types a new PIN that the card's issuer has opened (RESET RETRY COUNTER over its channel):
// it goes from the terminal to the card, and nowhere else.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "card/pin_id.h"
#include "card/transport.h"

namespace shomei::card::client {

// CHANGE REFERENCE DATA with the new PIN alone. Selects the application, which closes the issuer's channel
// and leaves the PIN open. malformed "pin_form", "password_form" before anything is sent; refused
// "pin_not_opened" when the card asks for the old PIN first, or it is blocked and not opened; what Terminal
// says; not_found "not_a_jpki_card" when the card has not the PIN's application.
Result<void> set_opened_pin(Transport& transport, PinId pin, const SecretBytes& new_pin);

}  // namespace shomei::card::client
