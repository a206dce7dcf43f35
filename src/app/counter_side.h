// Where a counter's commands get their card and its issuer: here, of a home with keys, or elsewhere, of an
// authority that is asked. One of both for each command.
#pragma once

#include <memory>
#include <optional>

#include "app/card_at_counter.h"
#include "app/remote_counter.h"
#include "counter/card_visit.h"
#include "counter/issue.h"
#include "home/home.h"
#include "remote/card_issuer.h"

namespace shomei::app {

// The card of one resident, and its issuer. What it refers to outlives it.
struct CardSide {
  std::unique_ptr<counter::CardIssuer> issuer;
  std::unique_ptr<CardAtCounter> card;

  // Opens the channel, and brings to an end what was interrupted.
  Result<counter::OpenCard> open();
};

enum class Missing { made, refused };  // a virtual card that is not in the box yet

CardSide card_side(const cli::Invocation& invocation, home::Home& home, const counter::Officer& officer,
                   const ResidentId& resident, Missing missing);
Result<CardSide> card_side(const cli::Invocation& invocation, RemoteCounter& counter,
                           const counter::Officer& officer, const ResidentId& resident, Missing missing);

}  // namespace shomei::app
