#include "card/client/pin_input.h"

#include "card/pin_form.h"

namespace shomei::card::client {

Result<SecretBytes> card_form(PinId pin, const SecretBytes& typed) {
  auto bytes = to_bytes(typed.reveal());
  if (pin == PinId::signature)
    for (auto& byte : bytes)
      if (byte >= 'a' && byte <= 'z') byte = static_cast<std::uint8_t>(byte - 'a' + 'A');
  auto form = SecretBytes::adopt(std::move(bytes));
  if (is_pin_form(pin, form.reveal_text())) return form;
  if (pin == PinId::signature) return malformed("password_form");
  return malformed("pin_form");
}

}  // namespace shomei::card::client
