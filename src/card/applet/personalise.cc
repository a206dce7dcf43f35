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

// A kind that is begun must be complete: no key without a certificate, no certificate without a PIN.
bool is_complete(const KindState& kind) {
  const bool begun = kind.pin || kind.key || !kind.certificate.empty();
  const bool complete = kind.pin && kind.key && is_whole_certificate(kind.certificate);
  const bool authority_whole =
      kind.authority_certificate.empty() || is_whole_certificate(kind.authority_certificate);
  return (!begun || complete) && authority_whole;
}

}  // namespace

Answer set_pin(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto kind = chip.refer_to(Content::pin, command.p2);
  if (!kind) return kind.error();
  const std::string_view pin(reinterpret_cast<const char*>(command.data.data()), command.data.size());
  if (!is_pin_form(*kind, pin)) return sw::kWrongData;
  ChipState next = chip.state;
  next.of(*kind).pin = StoredPin::make(*kind, command.data);
  const Answer answer = kept(chip, std::move(next));
  if (answer.word == sw::kDone) chip.set_verified(*kind, false);
  return answer;
}

// The certificate of the old key goes with it: a card never shows a certificate that its key does not fit.
Answer generate_key_pair(Interior& chip, const Command& command) {
  if (command.p1 != 0) return sw::kWrongParameters;
  const auto kind = chip.refer_to(Content::private_key, command.p2);
  if (!kind) return kind.error();
  if (!command.data.empty() || command.le.value_or(0) < kModulusBytes) return sw::kWrongLength;
  ChipState next = chip.state;
  auto& half = next.of(*kind);
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

Answer set_availability(Interior& chip, const Command& command) {
  if (command.p1 != 0 || command.p2 != (file_id::kAvailability & 0xFF)) return sw::kWrongParameters;
  if (command.data.size() != kAvailabilityBytes) return sw::kWrongLength;
  ChipState next = chip.state;
  std::ranges::copy(command.data, next.availability.begin());
  return kept(chip, std::move(next));
}

Answer finish_personalisation(Interior& chip, const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return sw::kWrongParameters;
  if (!command.data.empty()) return sw::kWrongLength;
  if (!std::ranges::all_of(chip.state.kinds, is_complete)) return sw::kConditions;
  ChipState next = chip.state;
  next.phase = Phase::operational;
  const Answer answer = kept(chip, std::move(next));
  if (answer.word == sw::kDone) chip.session = {};
  return answer;
}

}  // namespace shomei::card::applet
