#include "card/client/opened_pin.h"

#include "card/client/exchange.h"
#include "card/client/pin_input.h"
#include "card/instruction.h"

namespace shomei::card::client {
namespace {

constexpr std::uint8_t kNewDataAlone = 0x01;

}  // namespace

Result<void> set_opened_pin(Transport& transport, Kind kind, const SecretBytes& new_pin) {
  SHOMEI_TRY(const auto form, card_form(kind, new_pin));
  SHOMEI_CHECK(select_application(transport));
  const Command command{.ins = ins::kChangeReferenceData,
                        .p1 = kNewDataAlone,
                        .p2 = short_reference(pin_file(kind)),
                        .data = form.reveal()};
  SHOMEI_TRY(const auto answer, exchange(transport, command));
  const bool closed =
      answer.word == sw::kSecurityStatus || sw::is_blocked(answer.word) || sw::is_tries_left(answer.word);
  if (closed) return refused("pin_not_opened");
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return {};
}

}  // namespace shomei::card::client
