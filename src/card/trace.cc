#include "card/trace.h"

#include <algorithm>

#include "card/apdu.h"
#include "card/instruction.h"

namespace shomei::card {
namespace {

// The last was SET PIN of virtual cards of earlier versions.
constexpr std::uint8_t kWithPin[] = {ins::kVerify,    ins::kChangeReferenceData, ins::kResetRetryCounter,
                                     ins::kChangeKey, ins::kUnlockKey,           0xE0};

}  // namespace

bool carries_a_pin(std::uint8_t instruction) {
  return std::ranges::find(kWithPin, instruction) != std::end(kWithPin);
}

std::string trace_command(ByteView bytes) {
  const auto command = parse_command(bytes);
  if (!command) return "(" + std::to_string(bytes.size()) + " bytes that are no command)";
  if (!carries_a_pin(command->ins) || command->data.empty()) return to_hex(bytes);
  return to_hex(bytes.first(kHeaderBytes)) + " [pin]";
}

}  // namespace shomei::card
