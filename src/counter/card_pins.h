// The PINs that a citizen types at a counter: from the terminal to the card itself, and to nobody else. No
// journal, log, server or issuer's key has them.
#pragma once

#include <vector>

#include "base/secret.h"
#include "counter/card_issuer.h"
#include "pki/certificate_kind.h"
#include "rules/settings.h"

namespace shomei::counter {

struct CardPins {
  SecretBytes user_authentication;  // four digits
  SecretBytes signature;            // 6 to 16 of A-Z and 0-9; empty when it is not asked for

  const SecretBytes& of(pki::CertificateKind kind) const {
    return kind == pki::CertificateKind::signature ? signature : user_authentication;
  }
  const SecretBytes& of(card::Kind kind) const {
    return kind == card::Kind::signature ? signature : user_authentication;
  }
};

// What is set when the PIN of a kind is set for the first time, in this order: the digits of user
// authentication are those of the input helper too, as long as nobody changes one of them. Offices let people
// choose one number for both.
std::vector<card::PinId> first_pins(card::CardKind card, card::Kind kind);

// Of the kinds, those whose PIN the card was never given, or not for a key in use. None of a card without
// PINs.
std::vector<card::Kind> pins_missing(const CardView& card, const std::vector<pki::CertificateKind>& kinds);

// Sets them on the card of that kind, each opened by the issuer, and opens the channel again, which the card
// has closed. The card as it is then; what carry_out() and card/client/opened_pin.h say.
Result<CardView> set_first_pins(CardIssuer& issuer, card::Transport& card, card::CardKind card_kind,
                                const std::vector<card::Kind>& kinds, const CardPins& pins);

// A PIN of card::kHolderPins that was forgotten or is blocked, and one that its holder knows: decided and
// recorded before the card is told, set at the terminal, and the result recorded of what the card then says.
// The card was opened for `view`. malformed and refused as rules::check_pin says, before anything is
// recorded; refused "pin_not_set" when the card says that nothing has changed; what carry_out() says.
Result<void> reset_pin(CardIssuer& issuer, card::Transport& card, const CardView& view, card::PinId pin,
                       const Application& application, const SecretBytes& new_pin,
                       const rules::Settings& settings);
Result<void> change_pin(CardIssuer& issuer, card::Transport& card, const CardView& view, card::PinId pin,
                        const Application& application, const SecretBytes& old_pin,
                        const SecretBytes& new_pin, const rules::Settings& settings);

}  // namespace shomei::counter
