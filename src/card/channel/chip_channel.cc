#include "card/channel/chip_channel.h"

#include <utility>

#include "base/check.h"
#include "card/channel/derivation.h"
#include "card/instruction.h"
#include "crypto/digest.h"

namespace shomei::card::channel {
namespace {

using Refusal = tl::unexpected<StatusWord>;

constexpr std::uint8_t kProtocol = 0x03;
// Parameter i: a pseudo-random challenge (10), R-MAC and R-ENC (60), 8-byte MACs (01 not set).
constexpr std::uint8_t kParameterI = 0x70;
constexpr StatusWord kWrongCryptogram = 0x6300;
constexpr std::size_t kStartedBytes = 32;

// kDone when it can be answered with these keys.
StatusWord check_initialize_update(const KeySet& keys, const Command& command) {
  if (command.cla != kOwnClass || command.ins != ins::kInitializeUpdate) return sw::kUnknownInstruction;
  if (command.p2 != 0) return sw::kWrongParameters;
  if (command.p1 != 0 && command.p1 != keys.version) return sw::kReferenceNotFound;
  if (command.data.size() != kChallengeBytes) return sw::kWrongLength;
  if (command.le.value_or(kShortAnswerMax) < kStartedBytes) return sw::kWrongLength;
  return sw::kDone;
}

}  // namespace

OrWord<ChipChannel::Started> ChipChannel::start(const KeySet& keys, ByteView diversification_data,
                                                std::uint32_t sequence_counter, ByteView aid,
                                                const Command& initialize_update) {
  SHOMEI_INVARIANT(keys.usable() && keys.version >= 1 && keys.version <= kCardKeyVersionMax);
  SHOMEI_INVARIANT(diversification_data.size() == kDiversificationBytes);
  if (const auto word = check_initialize_update(keys, initialize_update); word != sw::kDone)
    return Refusal(word);
  if (sequence_counter >= kSequenceCounterMax) return Refusal(sw::kConditions);
  const Bytes challenge = counted_challenge(keys.enc, sequence_counter, aid);
  Session session(keys, initialize_update.data, challenge);
  Bytes data = concatenate({diversification_data, Bytes{keys.version, kProtocol, kParameterI}, challenge,
                            session.card_cryptogram(), encode_sequence_counter(sequence_counter)});
  SHOMEI_INVARIANT(data.size() == kStartedBytes);
  return Started{.channel = ChipChannel(std::move(session)), .answer_data = std::move(data)};
}

StatusWord ChipChannel::authenticate(ByteView raw_external_authenticate) {
  if (state_ != State::started) {
    end();
    return sw::kConditions;
  }
  const auto word = check_authentication(raw_external_authenticate);
  if (word != sw::kDone) {
    end();
    return word;
  }
  state_ = State::open;
  return sw::kDone;
}

StatusWord ChipChannel::check_authentication(ByteView raw) {
  const auto command = parse_command(raw);
  if (!command) return sw::kWrongLength;
  if (command->cla != (kOwnClass | kSecureMessaging) || command->ins != ins::kExternalAuthenticate)
    return sw::kConditions;
  const auto level = level_of(command->p1);
  if (!level || command->p2 != 0) return sw::kWrongParameters;
  if (command->data.size() != kChallengeBytes + kMacBytes) return sw::kWrongLength;
  if (!crypto::equal_in_constant_time(command->data.first(kChallengeBytes), session_.host_cryptogram()))
    return kWrongCryptogram;
  if (!session_.open_authentication(raw)) return sw::kSecurityStatus;
  session_.set_level(*level);
  return sw::kDone;
}

OrWord<OwnedCommand> ChipChannel::unwrap(ByteView raw_command) {
  if (!open()) {
    end();
    return Refusal(sw::kConditions);
  }
  if (!parse_command(raw_command)) {
    end();
    return Refusal(sw::kWrongLength);
  }
  auto command = session_.open(raw_command);
  if (!command) {
    end();
    return Refusal(sw::kSecurityStatus);
  }
  answer_due_ = true;
  return *std::move(command);
}

Bytes ChipChannel::wrap(const Answer& answer) {
  SHOMEI_INVARIANT(open() && std::exchange(answer_due_, false));
  return session_.protect(answer);
}

void ChipChannel::end() {
  session_ = Session();
  state_ = State::ended;
  answer_due_ = false;
}

}  // namespace shomei::card::channel
