#include "card/traces/mask.h"

#include <algorithm>
#include <array>

#include "card/apdu.h"
#include "card/instruction.h"
#include "card/trace.h"

namespace shomei::card::traces {
namespace {

// Whose data says nothing of a person: names of files, digests of what is signed.
constexpr std::array<std::uint8_t, 2> kHarmlessData{ins::kSelect, ins::kComputeSignature};
constexpr std::array<std::uint8_t, 3> kHarmlessAnswers{ins::kSelect, ins::kComputeSignature,
                                                       ins::kGetChallenge};

// Which read or make something that is in no file, by other names.
constexpr std::array<std::uint8_t, 4> kWithoutFile{ins::kGetData, ins::kGetChallenge, ins::kGetDataOdd,
                                                   ins::kGetResponse};

bool contains(const auto& list, std::uint8_t instruction) {
  return std::ranges::find(list, instruction) != list.end();
}

bool is_channel_or_secured(std::uint8_t cla) {
  return cla != kIsoClass && cla != kOwnClass;
}

Masked hide_from(ByteView bytes, std::size_t first, std::size_t end) {
  Masked masked = Masked::plain(bytes);
  for (std::size_t i = std::min(first, bytes.size()); i < std::min(end, bytes.size()); ++i) {
    masked.bytes[i] = 0;
    masked.hidden[i] = true;
  }
  return masked;
}

// The bytes of data, between the lengths.
Masked hide_data(ByteView bytes) {
  const auto command = parse_command(bytes);
  if (!command) return hide_from(bytes, kHeaderBytes, bytes.size());
  if (command->data.empty()) return Masked::plain(bytes);
  const auto first = static_cast<std::size_t>(command->data.data() - bytes.data());
  return hide_from(bytes, first, first + command->data.size());
}

// What is the same on many cards: the other applications' free files tell a card's maker and municipality.
bool is_public(ApplicationId application, const FileEntry* file) {
  if (!file || application != ApplicationId::jpki) return false;
  return file->content == Content::authority_certificate || file->content == Content::token_info ||
         file->content == Content::availability;
}

// By the name of five bits that READ BINARY has in P1 and others in P2: that file becomes the current one
// (ISO/IEC 7816-4). Of what is not known any P2 may be such a name.
bool names_file_shortly(const Command& command) {
  if (contains(kWithoutFile, command.ins)) return false;
  if (command.ins == ins::kReadBinary) return (command.p1 & 0x80) != 0;
  if (command.ins == ins::kReadRecord) return (command.p2 & 0xF8) != 0;
  return command.p2 != kCurrentFile;
}

// ISO/IEC 7816-4 5.6: done, with more to fetch, or with a warning.
bool is_done(ByteView answer) {
  const auto sw1 = answer[answer.size() - 2];
  return sw1 == 0x90 || sw1 == 0x61 || sw1 == 0x62 || sw1 == 0x63;
}

std::optional<FileId> two_bytes(ByteView data) {
  if (data.size() != 2) return std::nullopt;
  return static_cast<FileId>(data[0] << 8 | data[1]);
}

}  // namespace

bool carries_pin(ByteView command) {
  return command.size() > kHeaderBytes && carries_a_pin(command[1]);
}

void Mask::follow(ByteView bytes, std::optional<ByteView> answer) {
  const auto command = parse_command(bytes);
  if (!command || command->ins != ins::kSelect) {
    if (!command || names_file_shortly(*command)) file_.reset();
    return;
  }
  file_.reset();
  if (!answer || answer->size() < 2 || !is_done(*answer)) return;
  if (command->p1 == kSelectFile) file_ = two_bytes(command->data);
  if (command->p1 == kSelectApplication) application_ = find_application(command->data);
}

bool Mask::may_show_answer(ByteView bytes) const {
  if (is_channel_or_secured(bytes[0])) return false;
  if (contains(kHarmlessAnswers, bytes[1])) return true;
  if (bytes[1] != ins::kReadBinary || !application_) return false;
  const bool by_short_name = (bytes[2] & 0x80) != 0;
  if (by_short_name) return is_public(application_->id, find_short_file(application_->id, bytes[2] & 0x1F));
  return file_ && is_public(application_->id, find_file(application_->id, *file_));
}

Step Mask::apply(ByteView command, std::optional<ByteView> answer) {
  Step step;
  follow(command, answer);
  const bool harmless = command.size() <= kHeaderBytes ||
                        (!is_channel_or_secured(command[0]) && contains(kHarmlessData, command[1]) &&
                         parse_command(command).has_value());
  if (carries_pin(command)) {
    step.pin = true;
    step.command = Masked::plain(command.first(kHeaderBytes));
  } else {
    step.command =
        harmless || personal_data_ == PersonalData::kept ? Masked::plain(command) : hide_data(command);
  }
  if (!answer || answer->size() < 2 || command.size() < kHeaderBytes) return step;
  const bool shown = personal_data_ == PersonalData::kept || may_show_answer(command);
  step.answer = shown ? Masked::plain(*answer) : hide_from(*answer, 0, answer->size() - 2);
  return step;
}

Step Mask::power() {
  application_ = nullptr;
  file_.reset();
  return {.power = true};
}

}  // namespace shomei::card::traces
