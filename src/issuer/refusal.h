// What a status word that is not 9000 means to the issuer. Of this folder alone.
#pragma once

#include "card/apdu.h"

namespace shomei::issuer {

// Where a channel is to be opened: refused "card_without_channel".
Error not_our_card(const card::Command& command, card::StatusWord word);
// In the open channel: unavailable "card_memory", refused "card_incomplete" when a card is not taken into use
// that lacks something, else malformed "card_answer" {sw, command}. An error's word carries no proof that the
// card said it: it tells people where to look, and nothing is recorded of it.
Error unexpected(const card::Command& command, card::StatusWord word);

}  // namespace shomei::issuer
