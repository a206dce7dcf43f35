// What the issuer writes into the applications beside JPKI: what a card says of its holder, and the PINs that
// are made of what is printed on it.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "issuer/dialogues.h"
#include "register/resident.h"

namespace shomei::counter {

using FileName = std::pair<card::ApplicationId, card::FileId>;

struct CardContents {
  struct Number {
    issuer::FixedPin pin;
    // Files, each of `files`: where the card has one otherwise, the number is another one too.
    std::vector<FileName> made_of = {};
  };
  std::vector<issuer::FileContent> files;
  std::vector<Number> numbers;
};

// For a person and card of the register. The same people have the same contents, byte by byte: so it shows
// what a card has not yet.
using MakeCardContents =
    std::function<Result<CardContents>(const residents::Resident&, const residents::CardRecord&)>;

// What the card has otherwise, or not at all; nothing of a card that has all of it. A PIN says nothing of
// itself: it is set when the card has none, and with a file that it is made of. Any other keeps the tries
// that it has, none too.
issuer::Script bring_contents(const CardContents& contents, const issuer::CardStatus& status,
                              issuer::Next then);

// Those of the card that are blocked, of which its holder can choose none: they get their tries back.
std::vector<card::PinId> blocked_numbers(const issuer::CardStatus& status);
issuer::Script set_numbers(const CardContents& contents, const std::vector<card::PinId>& which,
                           issuer::Next then);

}  // namespace shomei::counter
