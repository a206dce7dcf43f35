// SET SESSION KEY and what it opens: commands of class 08 whose data are sealed (jpki-facts 1.4; what they
// leave open is as it was measured on test cards: docs/formats/card-contents.md).
#include <algorithm>

#include "card/applet/interior.h"
#include "card/instruction.h"
#include "crypto/rsa.h"

namespace shomei::card::applet {
namespace {

constexpr std::size_t kModulusBytes = 256;

void lose_session(Interior& chip) {
  chip.session.sealed.reset();
  chip.session.sealed_lost = true;
}

// Of the three that a session knows. A sealed SELECT of an application would end the session that it came in.
Answer carry_out(Interior& chip, const Command& command) {
  switch (command.ins) {
    case ins::kReadBinary:
      return read_binary(chip, command);
    case ins::kVerify:
      return command.data.empty() ? Answer(sw::kWrongLength) : verify(chip, command);
    default:
      return command.p1 == kSelectFile ? select(chip, command) : Answer(sw::kWrongParameters);
  }
}

bool is_known(std::uint8_t instruction) {
  return instruction == ins::kReadBinary || instruction == ins::kVerify || instruction == ins::kSelect;
}

}  // namespace

// The PIN came over the line as it is: no reference number opens a session.
Answer set_session_key(Interior& chip, const Command& command) {
  if (command.p1 != 0 || command.p2 != 0) return sw::kWrongParameters;
  if (!chip.verified(pin_used(chip.state.card_kind, PinId::input_helper))) return sw::kSecurityStatus;
  if (command.data.size() != kModulusBytes) return sw::kWrongLength;
  chip.session.sealed.reset();
  const auto& key = chip.state.session_key;
  if (!key) return sw::kWrongData;  // nobody has seen its public half
  if (!std::ranges::lexicographical_compare(command.data, key->public_key().modulus()))
    return sw::kNoDiagnosis;
  const auto decrypted = crypto::decrypt_oaep(*key, command.data);
  const auto seed = decrypted ? sealing::parse_seed(*decrypted) : std::nullopt;
  if (!seed) return sw::kWrongData;
  chip.session.sealed.emplace(*seed);
  chip.session.sealed_lost = false;
  return sw::kDone;
}

// Without a session these classes are as unknown here as in every other application.
bool is_sealed(const Interior& chip, const Command& command) {
  const bool of_class = command.cla == sealing::kSealedClass || command.cla == sealing::kChecksummedClass;
  return of_class && chip.session.application == ApplicationId::input_helper &&
         (chip.session.sealed || chip.session.sealed_lost);
}

Answer carry_out_sealed(Interior& chip, const Command& command) {
  auto& session = chip.session.sealed;
  if (!session) return sealing::kNoSession;
  if (command.cla == sealing::kChecksummedClass) {
    lose_session(chip);
    return sealing::kNoObject;
  }
  if (!is_known(command.ins)) return sw::kUnknownInstruction;
  const auto opened = session->open(command);
  if (!opened) {
    lose_session(chip);
    return sealing::kSealWrong;
  }
  const auto answer = session->seal(carry_out(chip, opened->command()));
  if (answer.data.size() > command.le.value_or(0)) return sw::kWrongLength;
  return answer;
}

}  // namespace shomei::card::applet
