// Measures what a card costs its clients: a command's way through a reader and back, a signature beside the
// raw operation of the same key type in this process, and the memory of many chips.
#pragma once

#include <cstddef>

#include "app/spread.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/transport.h"

namespace shomei::app {

// Microseconds by the clock, of single commands.
struct CommandTimes {
  double p50 = 0, p99 = 0;
};

struct CardTimes {
  CommandTimes round_trip;     // an empty VERIFY, which asks and changes nothing
  CommandTimes signature;      // COMPUTE DIGITAL SIGNATURE of 51 bytes
  CommandTimes raw_signature;  // of an RSA-2048 key in this process
};

// In alternating rounds, so that all three have the same machine. The PIN is verified once.
Result<CardTimes> measure_card(card::Transport& transport, const SecretBytes& pin, std::size_t commands);

struct ChipMemory {
  std::size_t chips = 0;
  double bytes_each = 0;    // of this process's resident memory
  double bytes_in_all = 0;  // of the process with all of them, program and libraries with it
};

// Standard cards with two key pairs, four certificates, attributes and a face.
ChipMemory measure_chips(std::size_t chips);

}  // namespace shomei::app
