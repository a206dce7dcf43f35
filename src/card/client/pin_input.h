// What a person typed, made into what the card holds.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "card/kind.h"

namespace shomei::card::client {

// The signature password in upper case; malformed "pin_form" (user authentication) or "password_form"
// (signature) when no card could hold it: it must not cost a try.
Result<SecretBytes> card_form(Kind kind, const SecretBytes& typed);

}  // namespace shomei::card::client
