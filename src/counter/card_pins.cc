#include "counter/card_pins.h"

#include <algorithm>

#include "card/client/holder_pin.h"
#include "card/client/opened_pin.h"
#include "card/client/pin_transport.h"
#include "counter/card_policy.h"
#include "rules/pins/pin_quality.h"

namespace shomei::counter {
namespace {

using What = Errand::What;

// What is asked of the four digits of user authentication is asked of the input helper's.
Result<void> check_new_pin(card::PinId of, const SecretBytes& pin, const CardView& view,
                           const rules::Settings& settings) {
  const bool signature = of == card::PinId::signature;
  return rules::check_pin(signature ? rules::Kind::signature : rules::Kind::user_authentication,
                          pin.reveal_text(), view.born, settings);
}

// Whatever became of the terminal's command: the card says whether the PIN is another one, and the journal
// has it.
Result<void> conclude(CardIssuer& issuer, card::Transport& card, card::PinId pin, const Result<void>& set) {
  if (!set && set.error().fault == Fault::unavailable) return set;  // the card is gone: when it is seen next
  SHOMEI_TRY(const auto after, carry_out(issuer, card, {.what = What::open}));
  if (!set) return set;
  const bool recorded = std::ranges::any_of(after.card.settled, [&](const SettledThing& thing) {
    return thing.what == SettledThing::What::pin && thing.pin == pin &&
           thing.end == authority::CardEnd::completed;
  });
  if (!recorded) return refused("pin_not_set", {{"kind", std::string(card::name(pin))}});
  return {};
}

}  // namespace

std::vector<card::PinId> first_pins(card::CardKind card, card::Kind kind) {
  std::vector<card::PinId> pins;
  if (kind == card::Kind::user_authentication && card::has_input_helper_pin(card))
    pins.push_back(card::PinId::input_helper);
  pins.push_back(card::pin_id(kind));
  return pins;
}

std::vector<card::Kind> pins_missing(const CardView& card, const std::vector<pki::CertificateKind>& kinds) {
  std::vector<card::Kind> missing;
  if (!card::has_pins(card.kind)) return missing;
  for (const auto kind : kinds)
    if (const auto of = card_kind(kind); !card.has_pin(of)) missing.push_back(of);
  return missing;
}

Result<CardView> set_first_pins(CardIssuer& issuer, card::Transport& card, card::CardKind card_kind,
                                const std::vector<card::Kind>& kinds, const CardPins& pins) {
  SHOMEI_CHECK(carry_out(issuer, card, {.what = What::open_pins, .kinds = kinds}));
  for (const auto kind : kinds)
    for (const auto pin : first_pins(card_kind, kind))
      SHOMEI_CHECK(card::client::set_opened_pin(card, pin, pins.of(kind)));
  SHOMEI_TRY(auto after, carry_out(issuer, card, {.what = What::open}));
  return std::move(after.card);
}

Result<void> reset_pin(CardIssuer& issuer, card::Transport& card, const CardView& view, card::PinId pin,
                       const Application& application, const SecretBytes& new_pin,
                       const rules::Settings& settings) {
  SHOMEI_CHECK(check_new_pin(pin, new_pin, view, settings));
  SHOMEI_CHECK(carry_out(issuer, card, {.what = What::reset_pin, .pin = pin, .application = application}));
  card::client::PinTransport to(card);
  return conclude(issuer, card, pin, card::client::set_opened_pin(to, pin, new_pin));
}

Result<void> change_pin(CardIssuer& issuer, card::Transport& card, const CardView& view, card::PinId pin,
                        const Application& application, const SecretBytes& old_pin,
                        const SecretBytes& new_pin, const rules::Settings& settings) {
  SHOMEI_CHECK(check_new_pin(pin, new_pin, view, settings));
  SHOMEI_CHECK(carry_out(issuer, card, {.what = What::change_pin, .pin = pin, .application = application}));
  card::client::PinTransport to(card);
  return conclude(issuer, card, pin, card::client::change_pin(to, pin, old_pin, new_pin));
}

}  // namespace shomei::counter
