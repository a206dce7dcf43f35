#include "card/client/pin_transport.h"

#include "card/instruction.h"

namespace shomei::card::client {
namespace {

constexpr std::size_t kInstructionAt = 1;
constexpr std::size_t kHeaderBytes = 4;  // alone, it asks how many tries are left

bool has_pin(ByteView command) {
  if (command.size() <= kHeaderBytes) return false;
  return command[kInstructionAt] == ins::kVerify || command[kInstructionAt] == ins::kChangeReferenceData;
}

// The command was not sent: another process had the card, or had reset it.
bool never_left(const Error& error) {
  return error.code == "card_busy" || error.code == "card_reset";
}

}  // namespace

Result<Bytes> PinTransport::transmit(ByteView command) {
  auto answer = below_.transmit(command);
  if (answer || !has_pin(command) || never_left(answer.error())) return answer;
  const Parameters cause{{"cause", std::string(answer.error().code)}};
  return command[kInstructionAt] == ins::kVerify ? unavailable("pin_answer_lost", cause)
                                                 : unavailable("new_pin_answer_lost", cause);
}

}  // namespace shomei::card::client
