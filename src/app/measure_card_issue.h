// What it costs to issue a card whole: two PINs, two key pairs, two certificates, onto a virtual card of a
// home over the issuer's channel; and where the time goes.
#pragma once

#include <cstddef>

#include "app/spread.h"
#include "base/result.h"
#include "home/home.h"

namespace shomei::app {

struct CardIssueMeasurement {
  std::size_t cards = 0;
  Spread whole_ms;
  Spread key_generation_ms;  // GENERATE in the card: two key pairs
  Spread card_ms;       // all other commands in the card: its end of the channel, and its file on the disk
  Spread issuer_ms;     // the issuer's end of the channel, and what it records
  Spread authority_ms;  // rules, lints, two signatures, intents and results
  double commands = 0;  // of one card
};

// Onto cards of residents who are taken in for it. What the procedures say.
Result<CardIssueMeasurement> measure_card_issue(home::Home& home, std::size_t cards);

}  // namespace shomei::app
