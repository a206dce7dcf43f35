// VERIFY, CHANGE REFERENCE DATA and JICSAP's CHANGE KEY (ISO/IEC 7816-4 11.5.6 and 11.5.7; jpki-facts 1.4
// and 1.6). What comes of each is the table in pin_state.h.
#include <utility>

#include "card/applet/interior.h"
#include "card/pin_form.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kNewDataAlone = 0x01;  // the old PIN was proved by VERIFY

ChipState with_tries(const ChipState& state, PinId id, unsigned tries) {
  ChipState next = state;
  next.pin(id)->tries_left = tries;
  return next;
}

// none: a PIN that is blocked for ever.
std::optional<PinId> pin_of(const Interior& chip, const FileEntry& file) {
  if (!file.pin) return std::nullopt;
  return pin_used(chip.state.card_kind, *file.pin);
}

// The try is paid for on the disk before the PIN is looked at: whoever cuts the power at a wrong PIN has
// lost it all the same.
Answer try_pin(Interior& chip, PinId id, ByteView candidate) {
  const unsigned tries = chip.state.tries_left(id);
  const PinState before = chip.pin_state(id);
  if (tries == 0) return word_of(chip, step(before, PinEvent::right).answer, 0);
  if (!chip.keep(with_tries(chip.state, id, tries - 1))) return sw::kMemoryFailure;
  const PinStep& wrong = chip.happen(id, tries == 1 ? PinEvent::wrong_last : PinEvent::wrong);
  if (!chip.state.pin(id)->is(candidate)) return word_of(chip, wrong.answer, tries - 1);
  if (!chip.keep(with_tries(chip.state, id, tries_max(id)))) return sw::kMemoryFailure;
  const PinStep& right = step(before, PinEvent::right);
  chip.session.pins[index_of(id)] = right.to;
  return word_of(chip, right.answer, tries_max(id));
}

Answer change(Interior& chip, std::uint8_t reference, HolderChange by, ByteView pin) {
  const auto file = chip.refer_to(Content::pin, reference);
  if (!file) return file.error();
  const auto which = pin_of(chip, **file);
  if (!which || entry_of(*which).change != by) return sw::kSecurityStatus;
  const PinId id = *which;
  if (pin.empty()) return sw::kWrongLength;
  const auto allowed = step(chip.pin_state(id), PinEvent::new_pin).answer;
  if (allowed != PinAnswer::done) return word_of(chip, allowed, 0);
  if (!is_pin_form(id, std::string_view(reinterpret_cast<const char*>(pin.data()), pin.size())))
    return sw::kWrongData;
  ChipState next = chip.state;
  next.pin(id) = StoredPin::make(id, pin);
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  chip.happen(id, PinEvent::new_pin);
  return sw::kDone;
}

}  // namespace

Answer verify(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto file = chip.refer_to(Content::pin, command.p2);
  if (!file) return file.error();
  const auto id = pin_of(chip, **file);
  if (!id) return command.data.empty() ? sw::tries_left(0) : chip.settings.blocked_word;
  // Always 63Cx, whether the PIN is verified, blocked or never set: anything else makes OpenSC drop the card.
  if (command.data.empty()) return sw::tries_left(chip.state.tries_left(*id));
  return try_pin(chip, *id, command.data);
}

Answer change_reference_data(Interior& chip, const Command& command) {
  if (command.p1 != kNewDataAlone) return sw::kWrongParameters;
  return change(chip, command.p2, HolderChange::iso, command.data);
}

Answer change_key(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  return change(chip, command.p2, HolderChange::jicsap, command.data);
}

}  // namespace shomei::card::applet
