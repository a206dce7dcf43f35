#include "card/client/personaliser.h"

#include "base/limits.h"
#include "card/client/exchange.h"
#include "card/client/pin_input.h"
#include "card/instruction.h"
#include "der/writer.h"

namespace shomei::card::client {
namespace {

constexpr std::size_t kModulusBytes = 256;
constexpr std::int64_t kPublicExponent = 65'537;

// As expect_done, and an operational card is recognised: it does not know these instructions.
Result<Bytes> personalise(Transport& transport, Command command) {
  command.cla = kOwnClass;
  SHOMEI_TRY(auto answer, exchange(transport, command));
  if (answer.word == sw::kUnknownInstruction) return refused("card_personalised");
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return std::move(answer.data);
}

// SubjectPublicKeyInfo of RSA (RFC 3279 2.3.1).
Bytes rsa_spki(ByteView modulus) {
  static const der::Oid kRsaEncryption("1.2.840.113549.1.1.1");
  const Bytes key = der::sequence({der::integer_of_magnitude(modulus), der::integer(kPublicExponent)});
  return der::sequence({der::sequence({der::oid(kRsaEncryption), der::null()}), der::bit_string(key)});
}

}  // namespace

Result<void> Personaliser::select_jpki() {
  return select_application(transport_);
}

Result<void> Personaliser::set_pin(Kind kind, const SecretBytes& pin) {
  SHOMEI_TRY(const auto form, card_form(kind, pin));
  SHOMEI_CHECK(personalise(
      transport_, {.ins = ins::kSetPin, .p2 = short_reference(pin_file(kind)), .data = form.reveal()}));
  return {};
}

Result<crypto::PublicKey> Personaliser::generate_key_pair(Kind kind) {
  const Command command{
      .ins = ins::kGenerateKeyPair, .p2 = short_reference(key_file(kind)), .le = kShortAnswerMax};
  SHOMEI_TRY(const auto modulus, personalise(transport_, command));
  if (modulus.size() != kModulusBytes) return unexpected(command, sw::kDone);
  return crypto::PublicKey::parse(rsa_spki(modulus));
}

Result<void> Personaliser::write(FileId id, ByteView der) {
  if (der.empty() || der.size() > limits::kCertificateBytesMax)
    return malformed("card_file_form", {{"bytes", std::to_string(der.size())}});
  SHOMEI_TRY(const bool present, select_file(transport_, id));
  if (!present) return not_found("not_a_jpki_card");
  SHOMEI_CHECK(personalise(transport_, {.ins = ins::kWriteFile, .data = der}));
  return {};
}

Result<void> Personaliser::set_availability(Availability availability) {
  const auto byte = [](bool present) { return static_cast<std::uint8_t>(present ? kPresent : 0); };
  const Bytes content{byte(availability.signature), byte(availability.user_authentication), 0};
  SHOMEI_CHECK(personalise(transport_, {.ins = ins::kSetAvailability,
                                        .p2 = static_cast<std::uint8_t>(file_id::kAvailability),
                                        .data = content}));
  return {};
}

Result<void> Personaliser::finish() {
  const Command command{.cla = kOwnClass, .ins = ins::kFinishPersonalisation};
  SHOMEI_TRY(const auto answer, exchange(transport_, command));
  if (answer.word == sw::kUnknownInstruction) return refused("card_personalised");
  if (answer.word == sw::kConditions) return refused("card_incomplete");
  if (answer.word != sw::kDone) return unexpected(command, answer.word);
  return {};
}

}  // namespace shomei::card::client
