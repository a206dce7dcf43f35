// The issuer's security domain: SCP03 is opened here, and its commands are unwrapped, carried out and their
// answers wrapped (docs/formats/card-issuer.md). Whatever goes wrong with the channel closes it.
#include <algorithm>

#include "card/applet/issuer_commands.h"
#include "card/instruction.h"

namespace shomei::card::applet {
namespace {

struct IssuerInstruction {
  std::uint8_t ins;
  std::uint8_t p1;
  std::optional<std::uint8_t> p2;  // none: the command says what it may be
  Answer (*carry_out)(Interior&, const Command&, const DataObjects&);
};

constexpr IssuerInstruction kInstructions[] = {
    {ins::kGenerateKeyPair, 0x00, 0x00, generate_pending_key},
    {ins::kComputeSignature, 0x9E, 0x9A, sign_with_pending_key},
    {ins::kUpdateBinary, 0x00, 0x00, update_binary},
    {ins::kResetRetryCounter, 0x03, 0x00, reset_retry_counter},
    {ins::kChangeReferenceData, 0x00, 0x00, set_fixed_pin},
    {ins::kGetStatus, 0x00, 0x00, get_status},
    {ins::kSetStatus, 0x00, {}, set_status},
    {ins::kDelete, 0x00, 0x00, delete_object},
};

Answer carry_out(Interior& chip, const Command& command) {
  const auto* found = std::ranges::find(kInstructions, command.ins, &IssuerInstruction::ins);
  if (found == std::end(kInstructions)) return sw::kUnknownInstruction;
  if (command.p1 != found->p1 || (found->p2 && command.p2 != *found->p2)) return sw::kWrongParameters;
  const auto objects = parse_data_objects(command.data);
  if (!objects) return sw::kWrongData;
  return found->carry_out(chip, command, *objects);
}

}  // namespace

// The counter is stored before the challenge is given away: no challenge is answered twice, whoever cuts the
// power, and what a terminal held back of a session dies with it.
Answer initialize_update(Interior& chip, const Command& command) {
  chip.close_channel();
  const auto& factory = chip.state.factory;
  if (!factory) return sw::kConditions;
  auto started = channel::ChipChannel::start(factory->issuer_keys, factory->diversification,
                                             chip.state.sequence_counter, kIssuerDomain, command);
  if (!started) return started.error();
  ChipState next = chip.state;
  ++next.sequence_counter;
  if (!chip.keep(std::move(next))) return sw::kMemoryFailure;
  chip.session.channel = std::move(started->channel);
  return Answer(std::move(started->answer_data));
}

Bytes secured(Interior& chip, ByteView raw, const Command& command) {
  auto& channel = chip.session.channel;
  if (!channel) return encode_answer(sw::kConditions);
  if (command.ins == ins::kExternalAuthenticate) {
    const auto word = channel->authenticate(raw);
    if (word != sw::kDone) chip.close_channel();
    return encode_answer(word);
  }
  const auto plain = channel->unwrap(raw);
  if (!plain) {
    chip.close_channel();
    return encode_answer(plain.error());
  }
  const bool protected_enough = channel->level() == channel::Level::all;
  return channel->wrap(protected_enough ? carry_out(chip, plain->view()) : Answer(sw::kSecurityStatus));
}

}  // namespace shomei::card::applet
