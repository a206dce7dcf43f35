// The commands of the personalisation: docs/formats/card-personalisation.md. The dispatch table lets them
// through in that phase alone.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "card/applet/interior.h"
#include "card/pin_form.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

constexpr std::size_t kModulusBytes = 256;

Answer kept(Interior& chip, ChipState next) {
  return chip.keep(std::move(next)) ? sw::kDone : sw::kMemoryFailure;
}

// RSAPublicKey (RFC 8017 A.1.1); OpenSSL makes keys with the exponent 65537 alone.
OrWord<Bytes> modulus_of(const crypto::PublicKey& key) {
  auto members = der::enter_single(key.key_bits());
  if (!members) return Refusal(sw::kNoDiagnosis);
  const auto modulus = members->take_magnitude();
  if (!modulus || modulus->size() != kModulusBytes) return Refusal(sw::kNoDiagnosis);
  return to_bytes(*modulus);
}

Bytes* writable(ChipState& state, const FileEntry& file) {
  if (file.content == Content::certificate) return &state.of(*file.kind).certificate;
  if (file.content == Content::authority_certificate) return &state.of(*file.kind).authority_certificate;
  return nullptr;
}

}  // namespace

Answer set_pin(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto file = chip.refer_to(Content::pin, command.p2);
  if (!file) return file.error();
  const PinId id = *(*file)->pin;
  const std::string_view pin(reinterpret_cast<const char*>(command.data.data()), command.data.size());
  if (!is_pin_form(id, pin)) return sw::kWrongData;
  ChipState next = chip.state;
  next.pin(id) = StoredPin::make(id, command.data);
  const Answer answer = kept(chip, std::move(next));
  if (answer.word == sw::kDone) chip.session.pins[index_of(id)] = PinState::ready;
  return answer;
}

// The certificate of the old key goes with it: a card never shows a certificate that its key does not fit.
Answer generate_key_pair(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto file = chip.refer_to(Content::private_key, command.p2);
  if (!file) return file.error();
  if (!command.data.empty() || command.le.value_or(0) < kModulusBytes) return sw::kWrongLength;
  ChipState next = chip.state;
  auto& half = next.of(*(*file)->kind);
  half.key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  half.certificate.clear();
  auto modulus = modulus_of(half.key->public_key());
  if (!modulus) return modulus.error();
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  return Answer(*std::move(modulus));
}

// Offset 0 begins anew; any other must be where the last write ended.
Answer write_file(Interior& chip, const Command& command) {
  const auto file = chip.refer(kCurrentFile);
  if (!file) return file.error();
  ChipState next = chip.state;
  Bytes* const content = writable(next, **file);
  if (!content) return sw::kWrongFileType;
  if (command.data.empty()) return sw::kWrongLength;
  const auto offset = static_cast<std::size_t>(command.p1 << 8 | command.p2);
  if (offset == 0) content->clear();
  if (offset != content->size()) return sw::kWrongOffset;
  if (offset + command.data.size() > limits::kCertificateBytesMax) return sw::kNoRoom;
  append(*content, command.data);
  return kept(chip, std::move(next));
}

Answer set_availability(Interior&, const Command& command) {
  if (command.p1 != 0 || command.p2 != (file_id::kAvailability & 0xFF)) return sw::kWrongParameters;
  if (command.data.size() != kAvailabilityBytes) return sw::kWrongLength;
  return sw::kDone;  // it follows from what is there
}

Answer finish_personalisation(Interior& chip, const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return sw::kWrongParameters;
  if (!command.data.empty()) return sw::kWrongLength;
  if (!is_complete(chip.state)) return sw::kConditions;
  ChipState next = chip.state;
  next.phase = Phase::operational;
  const Answer answer = kept(chip, std::move(next));
  if (answer.word == sw::kDone) chip.reset();
  return answer;
}

}  // namespace shomei::card::applet
