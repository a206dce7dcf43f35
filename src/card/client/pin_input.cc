#include "card/client/pin_input.h"

#include "card/pin_form.h"

namespace shomei::card::client {

Result<SecretBytes> card_form(Kind kind, const SecretBytes& typed) {
  auto bytes = to_bytes(typed.reveal());
  if (kind == Kind::signature)
    for (auto& byte : bytes)
      if (byte >= 'a' && byte <= 'z') byte = static_cast<std::uint8_t>(byte - 'a' + 'A');
  auto pin = SecretBytes::adopt(std::move(bytes));
  if (is_pin_form(kind, pin.reveal_text())) return pin;
  if (kind == Kind::signature) return malformed("password_form");
  return malformed("pin_form");
}

}  // namespace shomei::card::client
