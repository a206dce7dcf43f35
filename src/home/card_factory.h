// Where virtual cards come from: what the issuer gives a card at the factory becomes the memory of a chip.
#pragma once

#include "card/applet/state.h"
#include "issuer/issuer.h"
#include "register/resident.h"

namespace shomei::home {

// What people's certificates are made with says of which generation the card is; the register, whether it is
// one without PINs.
card::CardKind card_kind_of(residents::CardKind kind, crypto::KeyType subject_key);

card::applet::ChipState born_card(issuer::FactoryData factory, card::CardKind kind);

}  // namespace shomei::home
