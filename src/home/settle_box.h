// What a crash left half-done with a card that is in this home's box: the home is the terminal then, and
// completes it.
#pragma once

#include <map>

#include "authority/recover.h"
#include "counter/settle_card.h"
#include "home/card_box.h"
#include "issuer/issuer.h"
#include "journal/transaction.h"

namespace shomei::home {

class BoxSettling {
 public:
  // All are borrowed. `contents` may be none.
  BoxSettling(const CardBox& box, const issuer::Issuer& issuer, const counter::MakeCardContents& contents,
              journal::Journal& journal)
      : box_(box), issuer_(issuer), contents_(contents), journal_(journal) {}

  // For authority::recover(). not_found "card_not_made": the card is elsewhere, or what is in the box is not
  // the one that was spoken to, since no card that has made the key forgets it; conflict "card_in_use"; what
  // the channel says. Those stay as they are; and so does a card whose contents cannot be made
  // (no font) until it is seen by who can.
  Result<authority::CardEnd> end_of(const journal::CertificateRecord& record);

 private:
  Result<counter::CardEnds> settle(card::applet::Chip& chip, const ResidentId& resident, const CardId& card);
  Result<counter::CardContents> contents_of(const ResidentId& resident);
  Result<counter::CardEnds> talk(card::applet::Chip& chip, const ResidentId& resident, const CardId& card,
                                 const counter::Unsettled& unsettled);

  const CardBox& box_;
  const issuer::Issuer& issuer_;
  const counter::MakeCardContents& contents_;
  journal::Journal& journal_;
  std::map<CardId, Result<counter::CardEnds>> settled_;  // each card is spoken to once
};

}  // namespace shomei::home
