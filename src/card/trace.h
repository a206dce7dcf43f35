// One line a command, for a log that a person reads while debugging a client. PINs are blacked out: the data
// of an instruction that carries one never appears, and nothing of a command that does not parse.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"

namespace shomei::card {

// Whether its data may be a PIN, in any class: whoever writes commands down hides them (jpki-facts 1.4).
bool carries_a_pin(std::uint8_t instruction);

// "00200080 [pin]": not even its length is told
std::string trace_command(ByteView command);

}  // namespace shomei::card
