// Asks a person for the secrets that open the keys of a home.
#pragma once

#include "home/keys/secrets.h"
#include "texts/says.h"

namespace shomei::app {

// On the terminal, without echo.
home::AskSecret ask_on_terminal(texts::Language language);

// Twice, and the two must be the same. refused "passphrases_differ"; malformed "passphrase_short".
Result<SecretBytes> ask_new_passphrase(texts::Language language);

}  // namespace shomei::app
