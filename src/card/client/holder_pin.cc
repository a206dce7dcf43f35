#include "card/client/holder_pin.h"

#include "card/client/exchange.h"
#include "card/client/pin_input.h"
#include "card/client/verify.h"
#include "card/pin_form.h"

namespace shomei::card::client {
namespace {

Result<void> select_pin(Transport& transport, PinId pin) {
  const auto place = place_of(pin);
  SHOMEI_TRY(const bool here, has_application(transport, application(place.application).name));
  if (!here) return not_found("not_a_jpki_card");
  SHOMEI_TRY(const bool present, select_file(transport, place.file));
  if (!present) return not_found("not_a_jpki_card");
  return {};
}

}  // namespace

Result<std::optional<unsigned>> tries_left(Transport& transport, PinId pin) {
  SHOMEI_CHECK(select_pin(transport, pin));
  return ask_tries(transport, tries_max(pin));
}

Result<void> change_pin(Transport& transport, PinId pin, const SecretBytes& old_pin,
                        const SecretBytes& new_pin) {
  SHOMEI_TRY(const auto old_form, card_form(pin, old_pin));
  SHOMEI_TRY(const auto new_form, card_form(pin, new_pin));
  SHOMEI_CHECK(select_pin(transport, pin));
  return replace_pin(transport, old_form.reveal(), new_form.reveal());
}

}  // namespace shomei::card::client
