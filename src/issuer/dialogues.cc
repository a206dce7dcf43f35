#include "issuer/dialogues.h"

#include <algorithm>

#include "card/instruction.h"
#include "card/issuer_tags.h"
#include "der/writer.h"
#include "issuer/public_key_object.h"
#include "pki/request.h"
#include "pki/signed_object.h"

namespace shomei::issuer {
namespace {

using card::channel::OwnedCommand;

namespace tag = card::issuer_tag;

constexpr std::uint8_t kDigitalSignature = 0x9E, kInputData = 0x9A;  // P1, P2 (ISO/IEC 7816-8)
constexpr std::uint8_t kOpenAlone = 0x03;  // P1 of RESET RETRY COUNTER: neither old nor new PIN
constexpr std::uint8_t kOperational = 0x01;
// A certificate goes in one command; a picture in several.
constexpr std::size_t kBlockBytes = 2048;

Bytes u16(std::size_t value) {
  Bytes bytes;
  append_u16(bytes, static_cast<std::uint16_t>(value));
  return bytes;
}

Bytes target(card::ApplicationId application, card::FileId file) {
  return concatenate({der::encode(tag::kApplication, card::application(application).name),
                      der::encode(tag::kFile, u16(file))});
}

Bytes target_of(card::PinId pin) {
  const auto place = card::place_of(pin);
  return target(place.application, place.file);
}

OwnedCommand command(std::uint8_t ins, Bytes data, std::uint8_t p1 = 0, std::uint8_t p2 = 0) {
  return {card::kOwnClass, ins, p1, p2, SecretBytes::adopt(std::move(data)), card::kExtendedAnswerMax};
}

Script all_of(std::vector<OwnedCommand> commands, Next then) {
  return {std::move(commands), [then](const Answers&) { return then(); }};
}

Script one(OwnedCommand asked, std::function<Result<Script>(const card::Answer&)> then) {
  Script script;
  script.commands.push_back(std::move(asked));
  script.then = [then](const Answers& answers) { return then(answers.front()); };
  return script;
}

// The card signs what it is given with the key that waits: nothing but a request comes to it here.
Script sign_request(card::Kind kind, std::string challenge, MadeKey made, Bytes certificate,
                    std::function<Result<Script>(KeyProof)> then) {
  Bytes info = pki::encode_request_info(made.key, challenge);
  auto asked = command(
      card::ins::kComputeSignature,
      concatenate({target(card::ApplicationId::jpki, card::key_file(kind)), der::encode(tag::kData, info)}),
      kDigitalSignature, kInputData);
  return one(std::move(asked), [info, made, certificate, then](const card::Answer& answer) {
    const auto algorithm = crypto::algorithm_of(made.key.type());
    return then({pki::assemble_signed(info, algorithm, answer.data), {certificate, made.attestation}});
  });
}

void append_blocks(std::vector<OwnedCommand>& commands, const FileContent& file) {
  std::size_t offset = 0;
  do {
    const std::size_t bytes = std::min(kBlockBytes, file.content.size() - offset);
    Bytes data = target(file.application, file.file);
    append(data, der::encode(tag::kOffset, u16(offset)));
    if (offset == 0) append(data, der::encode(tag::kTotal, u16(file.content.size())));
    append(data, der::encode(tag::kData, ByteView(file.content).subspan(offset, bytes)));
    commands.push_back(command(card::ins::kUpdateBinary, std::move(data)));
    offset += bytes;
  } while (offset < file.content.size());
}

}  // namespace

Script ask_status(std::function<Result<Script>(CardStatus)> then) {
  return one(command(card::ins::kGetStatus, {}), [then](const card::Answer& answer) -> Result<Script> {
    SHOMEI_TRY(auto status, parse_card_status(answer.data));
    return then(std::move(status));
  });
}

Script make_key(card::Kind kind, std::string challenge, Bytes certificate,
                std::function<Result<Script>(KeyProof)> then) {
  const auto attested = attestation_challenge(challenge);
  auto asked = command(card::ins::kGenerateKeyPair,
                       concatenate({target(card::ApplicationId::jpki, card::key_file(kind)),
                                    der::encode(tag::kChallenge, attested)}));
  return one(std::move(asked),
             [kind, challenge, certificate, then](const card::Answer& answer) -> Result<Script> {
               SHOMEI_TRY(auto made, parse_made_key(answer.data));
               return sign_request(kind, challenge, std::move(made), certificate, then);
             });
}

Script drop_pending_key(card::Kind kind, Next then) {
  std::vector<OwnedCommand> commands;
  commands.push_back(command(card::ins::kDelete, target(card::ApplicationId::jpki, card::key_file(kind))));
  return all_of(std::move(commands), std::move(then));
}

Script write_files(std::vector<FileContent> files, Next then) {
  std::vector<OwnedCommand> commands;
  for (const auto& file : files) append_blocks(commands, file);
  return all_of(std::move(commands), std::move(then));
}

Script open_pins(const std::vector<card::PinId>& pins, Next then) {
  std::vector<OwnedCommand> commands;
  for (const auto pin : pins) {
    commands.push_back(command(card::ins::kResetRetryCounter, target_of(pin), kOpenAlone));
  }
  return all_of(std::move(commands), std::move(then));
}

Script set_fixed_pins(const std::vector<FixedPin>& pins, Next then) {
  std::vector<OwnedCommand> commands;
  for (const auto& pin : pins)
    commands.push_back(
        command(card::ins::kChangeReferenceData,
                concatenate({target(pin.application, pin.file), der::encode(tag::kData, view(pin.digits))})));
  return all_of(std::move(commands), std::move(then));
}

Script make_operational(Next then) {
  std::vector<OwnedCommand> commands;
  commands.push_back(command(card::ins::kSetStatus, {}, 0, kOperational));
  return all_of(std::move(commands), std::move(then));
}

}  // namespace shomei::issuer
