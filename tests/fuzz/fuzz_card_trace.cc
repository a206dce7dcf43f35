// Any text as a trace: what is read comes back the same, masking it again shows no PIN, and playing it to a
// card sends nothing that changes one.
#include <cstdlib>
#include <string>

#include "card/instruction.h"
#include "card/traces/mask.h"
#include "card/traces/replay.h"

namespace {

using namespace shomei;
using namespace shomei::card;

void expect(bool holds) {
  if (!holds) std::abort();
}

// Says yes to everything and wants nothing that writes.
class Card final : public Transport {
 public:
  Result<Bytes> transmit(ByteView command) override {
    expect(command.size() >= 4);
    expect(!traces::carries_pin(command));
    expect(command[0] == kIsoClass || command[0] == kOwnClass);
    return Bytes{0x90, 0x00};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto steps = traces::parse_trace(text);
  if (!steps) return 0;
  const auto again = traces::parse_trace(traces::encode_trace(*steps));
  expect(again && *again == *steps);
  expect(!traces::compare(*steps, *again, {}).difference);
  traces::Mask mask;
  for (const auto& step : *steps) {
    if (step.power) {
      (void)mask.power();
      continue;
    }
    const auto answer = step.answer ? std::optional<ByteView>(step.answer->bytes) : std::nullopt;
    const auto masked = mask.apply(step.command.bytes, answer);
    expect(!traces::carries_pin(masked.command.bytes));
    expect(traces::parse_trace(traces::encode_step(masked)).has_value());
  }
  Card card;
  for (const bool words_only : {false, true})
    expect(traces::replay(*steps, card, {.pins = {}, .words_only = words_only}).has_value());
  return 0;
}
