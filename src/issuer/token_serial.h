// The number by which a card is told from others without saying whose it is: the serialNumber of its token
// information (EF 0006), and of its attestation certificate.
#pragma once

#include "base/bytes.h"
#include "base/identifier.h"
#include "card/application.h"
#include "card/channel/key_set.h"

namespace shomei::issuer {

using TokenSerial = ByteArray<card::kTokenSerialBytes>;  // ASCII digits

// Each card of the register has one number, made of its identifier: so whoever issues onto a card can tell,
// without a table, whether the card in the reader is the one that was meant. 16 digits of a SHA-256: they
// say nothing of the identifier to who does not know it.
TokenSerial token_serial_of(const CardId& card);

// The diversification data of the card's key set, likewise.
using Diversification = ByteArray<card::channel::kDiversificationBytes>;
Diversification diversification_of(const CardId& card);

}  // namespace shomei::issuer
