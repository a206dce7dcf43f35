// One line a command, for a log that a person reads while debugging a client. PINs are blacked out: the data
// of VERIFY, CHANGE REFERENCE DATA and SET PIN never appears, and nothing of a command that does not parse.
#pragma once

#include <string>

#include "base/bytes.h"

namespace shomei::card {

// "00200080 04 ********"
std::string trace_command(ByteView command);

}  // namespace shomei::card
