// VERIFY and CHANGE REFERENCE DATA (ISO/IEC 7816-4 11.5.6 and 11.5.7; jpki-facts 1.4 and 1.6).
#include "card/applet/interior.h"
#include "card/pin_form.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kNewDataAlone = 0x01;  // the old PIN was proved by VERIFY

ChipState with_tries(const ChipState& state, Kind kind, unsigned tries) {
  ChipState next = state;
  next.of(kind).pin->tries_left = tries;
  return next;
}

// The try is paid for on the disk before the PIN is looked at: whoever cuts the power at a wrong PIN has
// lost it all the same.
Answer try_pin(Interior& chip, Kind kind, ByteView candidate) {
  const unsigned tries = chip.state.of(kind).tries_left();
  if (tries == 0) return chip.settings.blocked_word;
  if (!chip.keep(with_tries(chip.state, kind, tries - 1))) return sw::kMemoryFailure;
  chip.set_verified(kind, false);
  if (!chip.state.of(kind).pin->is(candidate)) return sw::tries_left(tries - 1);
  if (!chip.keep(with_tries(chip.state, kind, tries_max(kind)))) return sw::kMemoryFailure;
  chip.set_verified(kind, true);
  return sw::kDone;
}

}  // namespace

Answer verify(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto kind = chip.refer_to(Content::pin, command.p2);
  if (!kind) return kind.error();
  // Always 63Cx, whether the PIN is verified, blocked or never set: anything else makes OpenSC drop the card.
  if (command.data.empty()) return sw::tries_left(chip.state.of(*kind).tries_left());
  return try_pin(chip, *kind, command.data);
}

Answer change_reference_data(Interior& chip, const Command& command) {
  if (command.p1 != kNewDataAlone) return sw::kWrongParameters;
  const auto kind = chip.refer_to(Content::pin, command.p2);
  if (!kind) return kind.error();
  if (command.data.empty()) return sw::kWrongLength;
  if (!chip.verified(*kind))
    return chip.state.of(*kind).tries_left() == 0 ? chip.settings.blocked_word : sw::kSecurityStatus;
  const std::string_view pin(reinterpret_cast<const char*>(command.data.data()), command.data.size());
  if (!is_pin_form(*kind, pin)) return sw::kWrongData;
  ChipState next = chip.state;
  next.of(*kind).pin = StoredPin::make(*kind, command.data);
  return chip.keep(std::move(next)) ? sw::kDone : sw::kMemoryFailure;
}

}  // namespace shomei::card::applet
