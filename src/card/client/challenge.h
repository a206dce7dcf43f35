// Random bytes that a card makes (GET CHALLENGE; ISO/IEC 7816-4).
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "card/transport.h"

namespace shomei::card::client {

inline constexpr std::size_t kChallengeBytesMax = 256;  // in one answer
// Of 1 to kChallengeBytesMax bytes. malformed "card_answer" when the card gives other than that many.
Result<Bytes> challenge(Transport& transport, std::size_t bytes);

}  // namespace shomei::card::client
