#include "card/sealing/session_transport.h"

#include "card/instruction.h"
#include "card/sealing/chip_session.h"
#include "crypto/random.h"

namespace shomei::card::sealing {
namespace {

Error not_sealed() {
  return malformed("card_answer_sealed");
}

bool goes_sealed(const Command& command) {
  if (command.cla != kIsoClass) return false;
  if (command.ins == ins::kReadBinary) return command.le.has_value();
  if (command.data.empty()) return false;  // VERIFY without data costs no try and says nothing
  return command.ins == ins::kVerify || (command.ins == ins::kSelect && command.p1 == kSelectFile);
}

}  // namespace

Result<SessionTransport> SessionTransport::begin(Transport& card, const crypto::PublicKey& card_key) {
  const auto seed = crypto::random_secret(kSeedBytes);
  SHOMEI_TRY(const auto encrypted, encrypt_seed(card_key, seed));
  const Command command{.cla = kOwnClass, .ins = ins::kSetSessionKey, .data = encrypted};
  SHOMEI_TRY(const auto bytes, card.transmit(encode_command(command).reveal()));
  SHOMEI_TRY(const auto answer, parse_answer(bytes));
  if (answer.word == sw::kSecurityStatus) return refused("pin_needed");
  Bytes word;
  append_u16(word, answer.word);
  if (answer.word != sw::kDone) return refused("session_refused", {{"sw", to_hex_upper(word)}});
  return SessionTransport(card, seed);
}

Result<Bytes> SessionTransport::transmit(ByteView bytes) {
  SHOMEI_TRY(const auto command, parse_command(bytes));
  if (!goes_sealed(command)) return card_->transmit(bytes);
  if (over_) return not_sealed();
  return transmit_sealed(command);
}

// The card moves its counter for every command that it could open, also when it then refuses it.
Result<Bytes> SessionTransport::transmit_sealed(const Command& command) {
  ++counter_;
  const bool reads = command.ins == ins::kReadBinary;
  const Bytes object = reads ? encode_asked_length(static_cast<std::uint16_t>(*command.le))
                             : seal_.seal(counter_, command.data);
  Command sealed = command;
  sealed.cla = kSealedClass;
  sealed.data = object;
  sealed.le = reads ? std::optional<std::uint32_t>(kExtendedAnswerMax) : std::nullopt;
  over_ = true;  // until there is an answer, nobody knows whether the card has counted it
  SHOMEI_TRY(const auto answered, card_->transmit(encode_command(sealed).reveal()));
  SHOMEI_TRY(auto answer, parse_answer(answered));
  over_ = answer.word == kSealWrong || answer.word == kNoSession;
  if (answer.word == sw::kDone && reads) {
    const auto plain = seal_.open(counter_, answer.data);
    over_ = !plain;
    if (!plain) return not_sealed();
    answer.data = to_bytes(plain->reveal());
  }
  return encode_answer(answer);
}

}  // namespace shomei::card::sealing
