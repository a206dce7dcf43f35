// What the issuer writes into the applications beside JPKI: what a card says of its holder, and the PINs that
// are made of what is printed on it.
#pragma once

#include <functional>
#include <vector>

#include "issuer/dialogues.h"
#include "register/resident.h"

namespace shomei::counter {

struct CardContents {
  std::vector<issuer::FileContent> files;
  std::vector<issuer::FixedPin> pins;
};

// For a person and card of the register. The same people have the same contents, byte by byte: so it shows
// what a card has not yet.
using MakeCardContents =
    std::function<Result<CardContents>(const residents::Resident&, const residents::CardRecord&)>;

// What the card has otherwise, or not at all; nothing of a card that has all of it. A PIN says nothing of
// itself: all are set again with a file.
issuer::Script bring_contents(const CardContents& contents, const issuer::CardStatus& status,
                              issuer::Next then);

}  // namespace shomei::counter
