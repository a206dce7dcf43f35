#include "card/apdu.h"

#include <algorithm>

#include "base/check.h"

namespace shomei::card {
namespace {

Error bad_form(ByteView bytes) {
  return malformed("apdu_form", {{"bytes", std::to_string(bytes.size())}}, "ISO/IEC 7816-4 5.2");
}

std::uint32_t u16(ByteView at) {
  return static_cast<std::uint32_t>(at[0]) << 8 | at[1];
}
// A length of zero stands for the most that its field can say.
std::uint32_t short_le(std::uint8_t value) {
  return value == 0 ? kShortAnswerMax : value;
}
std::uint32_t extended_le(ByteView at) {
  return u16(at) == 0 ? kExtendedAnswerMax : u16(at);
}

bool take_short(ByteView body, Command& command) {
  const std::size_t lc = body[0];
  if (body.size() != 1 + lc && body.size() != 2 + lc) return false;
  command.data = body.subspan(1, lc);
  if (body.size() == 2 + lc) command.le = short_le(body.back());
  return true;
}

bool take_extended(ByteView body, Command& command) {
  if (body.size() == 3) {
    command.le = extended_le(body.subspan(1));
    return true;
  }
  const std::size_t lc = u16(body.subspan(1));
  if (lc == 0 || (body.size() != 3 + lc && body.size() != 5 + lc)) return false;
  command.data = body.subspan(3, lc);
  if (body.size() == 5 + lc) command.le = extended_le(body.last(2));
  return true;
}

// Into `to`, whose room is already reserved.
void append_lengths_and_data(Bytes& to, const Command& command) {
  const bool extended = command.data.size() > kShortDataMax || command.le.value_or(0) > kShortAnswerMax;
  const auto le = static_cast<std::uint16_t>(command.le.value_or(0));  // 65,536 becomes 0, as it should
  if (extended) to.push_back(0);
  if (!command.data.empty()) {
    if (extended)
      append_u16(to, static_cast<std::uint16_t>(command.data.size()));
    else
      to.push_back(static_cast<std::uint8_t>(command.data.size()));
    append(to, command.data);
  }
  if (!command.le) return;
  if (extended)
    append_u16(to, le);
  else
    to.push_back(static_cast<std::uint8_t>(le));  // 256 becomes 0
}

}  // namespace

Result<Command> parse_command(ByteView bytes) {
  if (bytes.size() < 4) return bad_form(bytes);
  Command command{.cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3]};
  const ByteView body = bytes.subspan(4);
  if (body.empty()) return command;
  if (body.size() == 1) {
    command.le = short_le(body[0]);
    return command;
  }
  if (body[0] == 0 && body.size() == 2) return bad_form(bytes);
  if (!(body[0] == 0 ? take_extended(body, command) : take_short(body, command))) return bad_form(bytes);
  return command;
}

SecretBytes encode_command(const Command& command) {
  SHOMEI_INVARIANT(command.data.size() <= kExtendedDataMax);
  SHOMEI_INVARIANT(!command.le || (*command.le >= 1 && *command.le <= kExtendedAnswerMax));
  Bytes bytes;
  bytes.reserve(command.data.size() + 9);
  for (const auto header : {command.cla, command.ins, command.p1, command.p2}) bytes.push_back(header);
  append_lengths_and_data(bytes, command);
  return SecretBytes::adopt(std::move(bytes));
}

Bytes encode_answer(const Answer& answer) {
  Bytes bytes = answer.data;
  append_u16(bytes, answer.word);
  return bytes;
}

Result<Answer> parse_answer(ByteView bytes) {
  if (bytes.size() < 2) return bad_form(bytes);
  Answer answer(static_cast<StatusWord>(u16(bytes.last(2))));
  answer.data = to_bytes(bytes.first(bytes.size() - 2));
  return answer;
}

}  // namespace shomei::card
