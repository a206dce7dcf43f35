// A virtual card for a counter that keeps its box elsewhere: a card as it leaves the factory, with its keys,
// since a virtual card's box is the chip. Who has the box has the card's keys, as who opens a chip would.
#pragma once

#include "base/secret.h"
#include "counter/parts.h"

namespace shomei::counter {

struct BlankCard {
  CardId card;
  SecretBytes memory;  // as card/applet/state.h encodes it
};

// The resident's latest card, while nothing was ever issued onto it, and once: an entry of the journal says
// who has got it, and there is no second holder of its keys. The same request gets it again, when the answer
// was lost. conflict "card_issued_already" {card}, "card_handed_out" {card}; refused "blank_cards_none" where
// there are none to be had; not_found as find_holder.
Result<BlankCard> hand_out_blank_card(const Parts& parts, const Officer& officer, const ResidentId& resident);

}  // namespace shomei::counter
