#include "card/client/opened_pin.h"

#include "card/client/exchange.h"
#include "card/client/pin_input.h"
#include "card/instruction.h"

namespace shomei::card::client {

Result<void> set_opened_pin(Transport& transport, PinId pin, const SecretBytes& new_pin) {
  SHOMEI_TRY(const auto form, card_form(pin, new_pin));
  const auto place = place_of(pin);
  SHOMEI_TRY(const bool present, has_application(transport, application(place.application).name));
  if (!present) return not_found("not_a_jpki_card");
  const Command command{.ins = ins::kChangeReferenceData,
                        .p1 = kNewDataAlone,
                        .p2 = short_reference(place.file),
                        .data = form.reveal()};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  const bool closed =
      answer.word == sw::kSecurityStatus || sw::is_blocked(answer.word) || sw::is_tries_left(answer.word);
  if (closed) return refused("pin_not_opened");
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return {};
}

}  // namespace shomei::card::client
