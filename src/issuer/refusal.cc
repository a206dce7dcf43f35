#include "issuer/refusal.h"

#include "card/instruction.h"

namespace shomei::issuer {
namespace {

Parameters told(const card::Command& command, card::StatusWord word) {
  Bytes status;
  append_u16(status, word);
  return {{"sw", to_hex_upper(status)},
          {"command", to_hex_upper(Bytes{command.cla, command.ins, command.p1, command.p2})}};
}

}  // namespace

Error not_our_card(const card::Command& command, card::StatusWord word) {
  return refused("card_without_channel", told(command, word));
}

Error unexpected(const card::Command& command, card::StatusWord word) {
  if (command.ins == card::ins::kSetStatus && word == card::sw::kConditions)
    return refused("card_incomplete");
  const auto parameters = told(command, word);
  return word == card::sw::kMemoryFailure ? unavailable("card_memory", parameters)
                                          : malformed("card_answer", parameters);
}

}  // namespace shomei::issuer
