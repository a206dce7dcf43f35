// The subject of a card's attestation certificate: C=JP, O=..., CN=Card, serialNumber=<token serial>. Of this
// folder alone: no other name has a serialNumber.
#pragma once

#include <vector>

#include "issuer/token_serial.h"
#include "pki/name.h"

namespace shomei::issuer {

Result<pki::Name> card_name(const std::vector<std::string>& organizations, const TokenSerial& serial);

// malformed "attestation_form" {what}: none, several, or one of another form.
Result<TokenSerial> token_serial_in(const pki::Name& name);

}  // namespace shomei::issuer
