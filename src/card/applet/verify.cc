// VERIFY and CHANGE REFERENCE DATA (ISO/IEC 7816-4) and JICSAP's CHANGE KEY (jpki-facts 1.4 and 1.6). What
// comes of each is the table in pin_state.h.
#include <utility>

#include "card/applet/interior.h"
#include "card/instruction.h"
#include "card/pin_form.h"

namespace shomei::card::applet {
namespace {

unsigned tries_after(const PinStep& step, PinId id, unsigned left) {
  switch (step.tries) {
    case Tries::keep:
      return left;
    case Tries::one_less:
      return left - 1;
    case Tries::all:
      return tries_max(id);
  }
  return 0;
}

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
  const PinStep& right = step(chip.pin_state(id), PinEvent::right);
  if (tries == 0) return word_of(chip, right.answer, 0);
  const PinEvent miss = tries == 1 ? PinEvent::wrong_last : PinEvent::wrong;
  const unsigned missed = tries_after(step(chip.pin_state(id), miss), id, tries);
  if (!chip.keep(with_tries(chip.state, id, missed))) return sw::kMemoryFailure;
  const PinStep& wrong = chip.happen(id, miss);
  if (!chip.state.pin(id)->is(candidate)) return word_of(chip, wrong.answer, missed);
  if (!chip.keep(with_tries(chip.state, id, tries_after(right, id, tries)))) return sw::kMemoryFailure;
  chip.session.pins[index_of(id)] = right.to;
  return word_of(chip, right.answer, 0);
}

Answer change(Interior& chip, std::uint8_t reference, HolderChange by, ByteView pin) {
  const auto file = chip.refer_to(Content::pin, reference);
  if (!file) return file.error();
  const auto which = pin_of(chip, **file);
  if (!which || entry_of(*which).change != by) return sw::kSecurityStatus;
  const PinId id = *which;
  if (pin.empty()) return sw::kWrongLength;
  const PinStep& set = step(chip.pin_state(id), PinEvent::new_pin);
  if (set.answer != PinAnswer::done) return word_of(chip, set.answer, 0);
  if (!is_pin_form(id, std::string_view(reinterpret_cast<const char*>(pin.data()), pin.size())))
    return sw::kWrongData;
  ChipState next = chip.state;
  const unsigned left = chip.state.tries_left(id);
  next.pin(id) = StoredPin::make(id, pin);
  next.pin(id)->tries_left = tries_after(set, id, left);
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
