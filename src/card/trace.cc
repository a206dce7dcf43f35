#include "card/trace.h"

#include "card/apdu.h"
#include "card/instruction.h"

namespace shomei::card {
namespace {

bool carries_a_pin(const Command& command) {
  return command.ins == ins::kVerify || command.ins == ins::kChangeReferenceData ||
         command.ins == ins::kSetPin;
}

}  // namespace

std::string trace_command(ByteView bytes) {
  const auto command = parse_command(bytes);
  if (!command) return "(" + std::to_string(bytes.size()) + " bytes that are no command)";
  if (!carries_a_pin(*command) || command->data.empty()) return to_hex(bytes);
  return to_hex(bytes.first(4)) + " " + to_hex(Bytes{static_cast<std::uint8_t>(command->data.size())}) + " " +
         std::string(2 * command->data.size(), '*');
}

}  // namespace shomei::card
