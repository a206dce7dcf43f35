#include "card/traces/mask.h"

#include <algorithm>
#include <array>

#include "card/apdu.h"
#include "card/instruction.h"
#include "card/trace.h"

namespace shomei::card::traces {
namespace {

constexpr std::size_t kHeaderBytes = 4;
// Whose data says nothing of a person: names of files, digests of what is signed.
constexpr std::array<std::uint8_t, 2> kHarmlessData{ins::kSelect, ins::kComputeSignature};
constexpr std::array<std::uint8_t, 3> kHarmlessAnswers{ins::kSelect, ins::kComputeSignature,
                                                       ins::kGetChallenge};

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

bool is_public(const FileEntry* file) {
  if (!file || file->reading != Reading::free) return false;
  return file->content != Content::certificate && file->content != Content::records;
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
  if (!command || command->ins != ins::kSelect || !answer || answer->size() < 2) return;
  const auto last = answer->last(2);
  if (last[0] != 0x90 || last[1] != 0x00) return;
  if (command->p1 == 0x04) {
    application_ = find_application(command->data);
    file_.reset();
  } else {
    file_ = two_bytes(command->data);
  }
}

bool Mask::may_show_answer(ByteView bytes) const {
  if (is_channel_or_secured(bytes[0])) return false;
  if (contains(kHarmlessAnswers, bytes[1])) return true;
  if (bytes[1] != ins::kReadBinary || !application_) return false;
  const bool by_short_name = (bytes[2] & 0x80) != 0;
  if (by_short_name) return is_public(find_short_file(application_->id, bytes[2] & 0x1F));
  return file_ && is_public(find_file(application_->id, *file_));
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
