// What a person typed, made into what the card holds.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "card/pin_id.h"

namespace shomei::card::client {

// Of a PIN that its holder chose. The signature password in upper case; malformed "password_form" of it, and
// "pin_form" of any other, when no card could hold it: it must not cost a try.
Result<SecretBytes> card_form(PinId pin, const SecretBytes& typed);
inline Result<SecretBytes> card_form(Kind kind, const SecretBytes& typed) {
  return card_form(pin_id(kind), typed);
}

}  // namespace shomei::card::client
