#include "card/applet/chip.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "card/applet/interior.h"
#include "card/instruction.h"

namespace shomei::card::applet {
namespace {

constexpr std::uint8_t kClassBits = 0xF0;
constexpr std::uint8_t kChannelBits = 0x03;
constexpr std::uint8_t kSecureMessagingBits = 0x0C;
// ISO/IEC 7816-4 5.4.1: 01xx xxxx addresses the logical channels from 4 on.
constexpr std::uint8_t kFurtherChannelsMask = 0xC0;
constexpr std::uint8_t kFurtherChannels = 0x40;

enum class Availability { always, while_personalising };

struct Instruction {
  std::uint8_t cla;
  std::uint8_t ins;
  Availability availability;
  Answer (*carry_out)(Interior&, const Command&);
};

constexpr auto kAlways = Availability::always;
constexpr auto kPersonalising = Availability::while_personalising;

constexpr Instruction kInstructions[] = {
    {kIsoClass, ins::kSelect, kAlways, select},
    {kIsoClass, ins::kReadBinary, kAlways, read_binary},
    {kIsoClass, ins::kVerify, kAlways, verify},
    {kIsoClass, ins::kChangeReferenceData, kAlways, change_reference_data},
    {kIsoClass, ins::kGetChallenge, kAlways, get_challenge},
    {kOwnClass, ins::kComputeSignature, kAlways, compute_signature},
    {kOwnClass, ins::kSetPin, kPersonalising, set_pin},
    {kOwnClass, ins::kGenerateKeyPair, kPersonalising, generate_key_pair},
    {kOwnClass, ins::kWriteFile, kPersonalising, write_file},
    {kOwnClass, ins::kSetAvailability, kPersonalising, set_availability},
    {kOwnClass, ins::kFinishPersonalisation, kPersonalising, finish_personalisation},
};

// kDone when the class is one that the card listens to.
StatusWord check_class(std::uint8_t cla) {
  if ((cla & kFurtherChannelsMask) == kFurtherChannels) return sw::kNoChannels;
  if ((cla & kClassBits) != kIsoClass && (cla & kClassBits) != kOwnClass) return sw::kUnknownClass;
  if (cla & kChannelBits) return sw::kNoChannels;
  if (cla & kSecureMessagingBits) return sw::kNoSecureMessaging;
  return sw::kDone;
}

Answer carry_out(Interior& chip, const Command& command) {
  if (const auto word = check_class(command.cla); word != sw::kDone) return word;
  const auto* found = std::ranges::find_if(kInstructions, [&](const Instruction& instruction) {
    return instruction.cla == command.cla && instruction.ins == command.ins;
  });
  if (found == std::end(kInstructions)) return sw::kUnknownInstruction;
  if (found->availability == kPersonalising && chip.state.phase != Phase::personalisation)
    return sw::kUnknownInstruction;
  return found->carry_out(chip, command);
}

}  // namespace

Chip::Chip(ChipState state, ChipStorage& storage, ChipSettings settings)
    : interior_(std::make_unique<Interior>(Interior{std::move(state), &storage, std::move(settings)})) {
  SHOMEI_INVARIANT(interior_->settings.token_label.size() <= kTokenLabelBytes);
  SHOMEI_INVARIANT(interior_->settings.token_model.size() <= kTokenSerialBytes);
}

Chip::Chip(Chip&&) noexcept = default;
Chip::~Chip() = default;

Bytes Chip::respond(ByteView bytes) {
  const auto command = parse_command(bytes);
  return encode_answer(command ? carry_out(*interior_, *command) : Answer(sw::kWrongLength));
}

void Chip::reset() {
  interior_->session = {};
}

const Bytes& Chip::atr() const {
  return interior_->settings.atr;
}

const ChipState& Chip::state() const {
  return interior_->state;
}

}  // namespace shomei::card::applet
