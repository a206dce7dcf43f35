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

// In which applications an instruction is known. Before anything is selected a card is in the issuer's
// domain.
using Where = std::uint8_t;
constexpr Where in(ApplicationId id) {
  return static_cast<Where>(1U << static_cast<unsigned>(id));
}
constexpr Where kEverywhere = 0xFF;
constexpr Where kDomain = in(ApplicationId::issuer_domain);
constexpr Where kJpki = in(ApplicationId::jpki);
constexpr Where kInputHelper = in(ApplicationId::input_helper);
constexpr Where kCommon = in(ApplicationId::common);
constexpr Where kFaceAndCommon = static_cast<Where>(in(ApplicationId::face) | kCommon);
constexpr Where kApplications = static_cast<Where>(kEverywhere & ~kDomain);

struct Instruction {
  std::uint8_t cla;
  std::uint8_t ins;
  Where where;
  Answer (*carry_out)(Interior&, const Command&);
};

// Instructions that exist on cards and that no terminal gets anything from (jpki-facts 1.4).
template <StatusWord word>
Answer refuse(Interior&, const Command&) {
  return word;
}

constexpr Instruction kInstructions[] = {
    {kIsoClass, ins::kSelect, kEverywhere, select},
    {kIsoClass, ins::kReadBinary, kEverywhere, read_binary},
    {kIsoClass, ins::kVerify, kEverywhere, verify},
    {kIsoClass, ins::kChangeReferenceData, kEverywhere, change_reference_data},
    {kIsoClass, ins::kGetChallenge, kEverywhere, get_challenge},
    {kIsoClass, ins::kGetData, kDomain, get_data},
    {kOwnClass, ins::kGetData, kDomain, get_data},
    {kIsoClass, ins::kReadRecord, kCommon, read_record},
    // Of the common application's key alone, of which nothing more is known.
    {kIsoClass, ins::kInternalAuthenticate, kCommon, refuse<sw::kReferenceNotFound>},
    {kOwnClass, ins::kComputeSignature, kEverywhere, compute_signature},
    {kOwnClass, ins::kChangeKey, kCommon, change_key},
    {kOwnClass, ins::kSetSessionKey, kInputHelper, set_session_key},
    {kOwnClass, ins::kSetSessionKey, kJpki, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kSetSessionKey, kFaceAndCommon, refuse<sealing::kNoKeyDelivery>},
    // Of phones alone.
    {kOwnClass, ins::kLastCommandIndicator, kApplications, refuse<sw::kWrongLength>},
    // There is no key of a terminal authority on this card.
    {kOwnClass, ins::kTerminalCertificate, kApplications, refuse<sw::kConditions>},
    {kOwnClass, ins::kErase, kApplications, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kLockApplication, kApplications, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kUnlockApplication, kApplications, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kUnlockKey, kApplications, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kManageAttributes, kApplications, refuse<sw::kSecurityStatus>},
    {kOwnClass, ins::kInitializeUpdate, kDomain, initialize_update},
};

// kDone when the class is one that the card listens to.
StatusWord check_class(const Interior& chip, std::uint8_t cla) {
  if ((cla & kFurtherChannelsMask) == kFurtherChannels) return sw::kNoChannels;
  if ((cla & kClassBits) != kIsoClass && (cla & kClassBits) != kOwnClass) return sw::kUnknownClass;
  if (cla & kChannelBits) return sw::kNoChannels;
  if (cla & kSecureMessagingBits) return chip.settings.secure_messaging_word;
  return sw::kDone;
}

Answer carry_out(Interior& chip, const Command& command) {
  if (const auto word = check_class(chip, command.cla); word != sw::kDone) return word;
  const Where here = in(chip.session.application.value_or(ApplicationId::issuer_domain));
  const auto* found = std::ranges::find_if(kInstructions, [&](const Instruction& instruction) {
    return instruction.cla == command.cla && instruction.ins == command.ins && (instruction.where & here);
  });
  if (found == std::end(kInstructions)) return sw::kUnknownInstruction;
  return found->carry_out(chip, command);
}

}  // namespace

Chip::Chip(ChipState state, ChipStorage& storage, ChipSettings settings)
    : interior_(std::make_unique<Interior>(Interior{std::move(state), &storage, std::move(settings)})) {
  SHOMEI_INVARIANT(interior_->settings.token_label.size() <= kTokenLabelBytes);
  SHOMEI_INVARIANT(interior_->settings.token_model.size() <= kTokenSerialBytes);
  interior_->reset();
}

Chip::Chip(Chip&&) noexcept = default;
Chip::~Chip() = default;

Bytes Chip::respond(ByteView bytes) {
  const auto command = parse_command(bytes);
  if (!command) {
    interior_->close_channel();  // nothing that a working terminal sends
    return encode_answer(sw::kWrongLength);
  }
  if (command->cla == kSecuredClass && interior_->session.application == ApplicationId::issuer_domain)
    return secured(*interior_, bytes, *command);
  if (is_sealed(*interior_, *command)) return encode_answer(carry_out_sealed(*interior_, *command));
  return encode_answer(carry_out(*interior_, *command));
}

void Chip::reset() {
  interior_->reset();
}

const Bytes& Chip::atr() const {
  return interior_->settings.atr;
}

const ChipState& Chip::state() const {
  return interior_->state;
}

}  // namespace shomei::card::applet
