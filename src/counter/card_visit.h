// CardVisit: one card at a terminal, as its issuer sees it: the CardIssuer of a process that has the issuer's
// keys. It decides and records what an errand needs (parts.h), and says what is sent to the card. Used by one
// thread at a time.
#pragma once

#include "counter/card_issuer.h"
#include "counter/parts.h"
#include "counter/settle_card.h"

namespace shomei::counter {

class CardVisit final : public CardIssuer {
 public:
  // `parts` must have a card policy with an issuer: refused "card_issuer_missing" by begin(), otherwise.
  // `officer`: who stands there; an act on a PIN is recorded under its request.
  CardVisit(const Parts& parts, Officer officer, ResidentId resident);
  CardVisit(const CardVisit&) = delete;  // its scripts refer to it
  CardVisit& operator=(const CardVisit&) = delete;

  // not_found "resident_unknown", "resident_has_no_card"; refused "card_of_another" {card} when it is not the
  // resident's latest card, "channel_closed" for all but `open` when the card was not opened or something
  // went wrong since; what issuer::Session, rules and journal say, and the maker of contents; conflict
  // "request_exists" when an act on a PIN was recorded under that request before; refused "pin_set_already"
  // {kind} for open_pins, "card_cannot_hold" {kind} for make_key, "card_has_no_pin" {kind} for an act on a
  // PIN that was never set.
  Result<Turn> begin(const Errand& errand) override;
  Result<Turn> go_on(const std::vector<Bytes>& answers) override;

  const CardId& card() const override { return card_; }

 private:
  Result<Turn> turn(Result<issuer::Commands> commands);
  Result<Turn> open();
  Result<issuer::Script> in_channel(const Errand& errand);
  enum class After { looking, issuing };
  Result<issuer::Script> settle(issuer::CardStatus status, After what, const journal::Fields& officer);
  Result<void> prepare_contents();
  Result<issuer::Script> open_pins(const std::vector<card::Kind>& kinds);
  Result<issuer::Script> make_key(const Errand& errand);
  Result<issuer::Script> act_on_pin(const Errand& errand, rules::Verb verb);
  Result<std::vector<card::PinId>> numbers_to_unblock();
  Result<void> record_pin_intent(const Errand& errand, rules::Verb verb,
                                 const std::vector<card::PinId>& numbers);
  issuer::Script look(After what, const journal::Fields& officer);
  Result<card::channel::KeySet> keys_of(std::uint8_t version, ByteView diversification) const;

  const Parts parts_;
  const Officer officer_;
  const ResidentId resident_;
  CardId card_;
  std::optional<Date> born_;
  issuer::Session session_;
  std::optional<issuer::CardStatus> status_;  // as seen last, since the channel was opened
  std::optional<CardContents> contents_;      // made before a key is
  Outcome outcome_;                           // of the errand that is under way
};

}  // namespace shomei::counter
