// PINs, state and end of a card over the issuer's channel.
#include <algorithm>
#include <utility>

#include "card/applet/issuer_commands.h"
#include "card/pin_form.h"
#include "card/status_tags.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

template <class Enum>
std::uint8_t byte(Enum value) {
  return static_cast<std::uint8_t>(value);
}

void append_key(Bytes& to, der::Tag tag, Kind kind, const std::optional<crypto::PrivateKey>& key) {
  if (!key) return;
  Bytes content;
  append_u16(content, key_file(kind));
  append(content, crypto::sha256(key->public_key().spki()));
  append(to, der::encode(tag, content));
}

void append_file(Bytes& to, const FileName& name, const Bytes& file) {
  if (file.empty()) return;
  Bytes content{byte(name.application)};
  append_u16(content, name.file);
  append(content, crypto::sha256(file));
  append(to, der::encode(status_tag::kFile, content));
}

// Another one after each setting of the PIN, of the salt alone: the issuer sees that a PIN was set, and
// nothing of what it is.
constexpr std::size_t kMarkBytes = 8;
void append_pin(Bytes& to, PinId id, const StoredPin& pin) {
  Bytes content{byte(id), static_cast<std::uint8_t>(pin.tries_left)};
  append(content, ByteView(crypto::sha256({view("shomei pin mark"), pin.salt})).first(kMarkBytes));
  append(to, der::encode(status_tag::kPin, content));
}

// No key without a certificate, no certificate without its PIN.
bool complete_or_untouched(const ChipState& state, Kind kind) {
  const auto& half = state.of(kind);
  // A PIN alone begins nothing: the certificate that it was set for may have come to nothing.
  const bool begun = half.pending_key || half.key || !half.certificate.empty();
  const bool pin = state.pin(pin_id(kind)) || !has_pins(state.card_kind);
  const bool whole = pin && half.key && !half.pending_key && is_whole_certificate(half.certificate);
  const bool authority_whole =
      half.authority_certificate.empty() || is_whole_certificate(half.authority_certificate);
  return (!begun || whole) && authority_whole;
}

}  // namespace

// Carries no PIN: whoever has the card in a terminal may set a new one, once, before the power goes.
Answer reset_retry_counter(Interior& chip, const Command&, const DataObjects& objects) {
  const auto file = named_file(chip, objects, {Content::pin});
  if (!file) return file.error();
  const PinId id = pin_used(chip.state.card_kind, *(*file)->pin);
  if (entry_of(id).change == HolderChange::never) return sw::kConditions;
  return word_of(chip, chip.happen(id, PinEvent::open).answer, 0);
}

// What is made of the print on the card and no secret of its holder's choosing.
Answer set_fixed_pin(Interior& chip, const Command&, const DataObjects& objects) {
  const auto file = named_file(chip, objects, {Content::pin});
  if (!file) return file.error();
  const PinId id = *(*file)->pin;
  if (entry_of(id).change != HolderChange::never) return sw::kConditions;
  const ByteView pin = objects.data.value_or(ByteView{});
  if (!is_pin_form(id, {reinterpret_cast<const char*>(pin.data()), pin.size()})) return sw::kWrongData;
  ChipState next = chip.state;
  next.pin(id) = StoredPin::make(id, pin);
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  chip.session.pins[index_of(id)] = PinState::ready;
  return sw::kDone;
}

// What was opened and not used is over: a PIN that the issuer has heard to be the old one stays the old one.
Answer get_status(Interior& chip, const Command& command, const DataObjects&) {
  for (const auto& pin : kPins) chip.happen(pin.id, PinEvent::report);
  const ChipState& state = chip.state;
  Bytes answer;
  append(answer, der::encode(status_tag::kPhase, Bytes{byte(state.phase)}));
  append(answer, der::encode(status_tag::kCardKind, Bytes{byte(state.card_kind)}));
  append(answer, der::encode(status_tag::kTokenSerial, state.token_serial));
  for (const auto& pin : kPins)
    if (const auto& stored = state.pin(pin.id)) append_pin(answer, pin.id, *stored);
  for (const Kind kind : kKinds) {
    append_file(answer, {ApplicationId::jpki, certificate_file(kind)}, state.of(kind).certificate);
    append_file(answer, {ApplicationId::jpki, authority_file(kind)}, state.of(kind).authority_certificate);
    append_key(answer, status_tag::kPendingKey, kind, state.of(kind).pending_key);
    append_key(answer, status_tag::kKey, kind, state.of(kind).key);
  }
  for (const auto& [name, file] : state.files) append_file(answer, name, file);
  if (command.le.value_or(0) < answer.size()) return sw::kWrongLength;
  return Answer(std::move(answer));
}

Answer set_status(Interior& chip, const Command& command, const DataObjects&) {
  if (command.p2 != byte(Phase::operational)) return sw::kWrongParameters;
  if (!std::ranges::all_of(kKinds, [&](Kind kind) { return complete_or_untouched(chip.state, kind); }))
    return sw::kConditions;
  ChipState next = chip.state;
  next.phase = Phase::operational;
  return chip.keep(std::move(next)) ? sw::kDone : sw::kMemoryFailure;
}

// A key that waits; or, of a card that is not yet in use, everything since its birth.
Answer delete_object(Interior& chip, const Command& command, const DataObjects& objects) {
  ChipState next = chip.state;
  if (command.data.empty()) {
    if (next.phase != Phase::personalisation) return sw::kConditions;
    next.pins = {};
    next.kinds = {};
    next.files = {};
    next.session_key.reset();
  } else {
    const auto file = named_file(chip, objects, {Content::private_key});
    if (!file) return file.error();
    if (!(*file)->kind) return sw::kReferenceNotFound;
    next.of(*(*file)->kind).pending_key.reset();
  }
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  if (command.data.empty()) chip.session.pins.fill(PinState::unset);
  return sw::kDone;
}

}  // namespace shomei::card::applet
