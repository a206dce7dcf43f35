// Any sequence of commands to an operational card (or, by the first byte, to one being personalised), and any
// bytes as a card's state. An input is a list of commands, each with one byte of length before it.
#include <algorithm>
#include <cstdlib>

#include "card/applet/chip.h"
#include "card/trace.h"
#include "der/writer.h"

namespace {

using namespace shomei;
using namespace shomei::card;

class Nowhere final : public applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

const applet::ChipState& complete_state() {
  static const applet::ChipState kState = [] {
    auto state = applet::ChipState::born();
    state.phase = applet::Phase::operational;
    for (const Kind kind : kKinds) {
      auto& half = state.of(kind);
      state.pin(pin_id(kind)) =
          applet::StoredPin::make(pin_id(kind), view(kind == Kind::signature ? "ABC123" : "1234"));
      half.key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
      half.certificate = der::sequence({der::octet_string(Bytes(700, 0x11))});
    }
    return state;
  }();
  return kState;
}

// Seconds of work that teach nothing.
bool makes_a_key(ByteView command) {
  return command.size() > 1 && command[0] == 0x80 && command[1] == 0x46;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteView rest(data, size);
  (void)applet::parse_state(rest);
  if (rest.empty()) return 0;
  auto state = complete_state();
  if (rest[0] & 1) state.phase = applet::Phase::personalisation;
  rest = rest.subspan(1);
  Nowhere storage;
  applet::Chip chip(std::move(state), storage);
  while (!rest.empty()) {
    const auto length = std::min<std::size_t>(rest[0], rest.size() - 1);
    const auto command = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    if (makes_a_key(command)) continue;
    (void)trace_command(command);
    if (chip.respond(command).size() < 2) std::abort();
  }
  // Whatever was done, the state can be written and read.
  if (!applet::parse_state(applet::encode_state(chip.state()).reveal())) std::abort();
  return 0;
}
