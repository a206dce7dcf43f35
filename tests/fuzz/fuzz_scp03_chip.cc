// Foreign, bent, cut and repeated messages at the chip's end of a secured channel, among genuine ones.
// Nothing is ever unwrapped but the one command that the issuer has just wrapped, and whatever is refused
// ends the channel.
#include <cstdlib>
#include <utility>
#include <vector>

#include "scp03_messages.h"

namespace {

using namespace shomei;
using namespace shomei::card;
using namespace shomei::card::channel;

void demand(bool holds) {
  if (!holds) std::abort();
}

// Le is under no MAC.
Bytes without_le(ByteView raw) {
  const auto command = parse_command(raw);
  if (!command || !command->le) return to_bytes(raw);
  return to_bytes(raw.first(raw.size() - (raw[4] == 0 ? 2 : 1)));
}

struct Dialogue {
  HostChannel host;
  ChipChannel chip;
  std::vector<Bytes> sent = {};  // genuine ones that the chip has had
  Bytes plain = {};              // of the genuine one that is on its way
  Bytes pending = {};

  void begin_command(ByteView data) {
    if (!host.open() || !pending.empty()) return;
    plain = to_bytes(data);
    const auto wire = host.wrap({.cla = 0x80, .ins = 0xF2, .data = plain, .le = 256});
    if (wire) pending = to_bytes(wire->reveal());
  }

  void give(const Bytes& bytes) {
    const bool was_open = chip.open();
    const auto command = chip.unwrap(bytes);
    if (!command) {
      demand(!chip.open());
      return;
    }
    demand(was_open && !pending.empty() && without_le(bytes) == without_le(pending));
    demand(equal(command->data.reveal(), plain));
    const auto answer = host.unwrap(chip.wrap(Answer(plain)));
    demand(answer && answer->data == plain);
    sent.push_back(std::exchange(pending, {}));
  }

  void take(const Message& message) {
    begin_command(message.bytes);
    switch (message.kind % 5) {
      case 0:
        return give(to_bytes(message.bytes));
      case 1:
        return give(pending);
      case 2:
        return give(bent(pending, message.bytes));
      case 3:
        return give(to_bytes(ByteView(pending).first(pending.size() * message.bytes.size() / 256)));
      default:
        return give(sent.empty() ? Bytes() : sent[message.bytes.size() % sent.size()]);
    }
  }
};

// What the issuer would say to open the channel at that level. The challenges and keys are the same in every
// run: a fuzzer that has seen an opening may say it again where another level is meant, and is no forger.
Bytes genuine_opening(const KeySet& keys, ByteView answer, Level level) {
  auto host = HostChannel::begin(keys.clone(), kFuzzedChallenge);
  (void)host.initialize_update();
  return to_bytes(host.external_authenticate(answer, level)->reveal());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteView rest(data, size);
  if (rest.empty()) return 0;
  const std::uint8_t options = rest[0];
  rest = rest.subspan(1);
  const KeySet keys = fuzzed_keys(options);
  auto host = HostChannel::begin(keys.clone(), kFuzzedChallenge);
  const auto first = host.initialize_update();
  auto started = ChipChannel::start(keys, kFuzzedCard, 3, kFuzzedDomain, *parse_command(first.reveal()));
  const auto opening = *host.external_authenticate(started->answer_data, fuzzed_level(options));
  // How it is opened: as it should be, bent, or by foreign bytes.
  const Message how = take_message(rest);
  const Bytes said = how.kind % 3 == 0   ? to_bytes(opening.reveal())
                     : how.kind % 3 == 1 ? bent(opening.reveal(), how.bytes)
                                         : to_bytes(how.bytes);
  const StatusWord word = started->channel.authenticate(said);
  demand((word == sw::kDone) == std::ranges::any_of(kLevels, [&](Level level) {
           return without_le(said) == genuine_opening(keys, started->answer_data, level);
         }));
  demand(started->channel.open() == (word == sw::kDone));
  if (without_le(said) != to_bytes(opening.reveal()))
    return 0;  // refused, or of another level than the host's
  (void)host.unwrap(encode_answer(word));
  Dialogue dialogue{.host = std::move(host), .chip = std::move(started->channel)};
  while (!rest.empty()) dialogue.take(take_message(rest));
  return 0;
}
