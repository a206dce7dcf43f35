// Foreign, bent, cut and repeated answers at the issuer's end of a secured channel, among genuine ones.
// Nothing is believed but what the card has just said, and a bare error word; whatever else comes closes the
// channel.
#include <cstdlib>
#include <vector>

#include "scp03_messages.h"

namespace {

using namespace shomei;
using namespace shomei::card;
using namespace shomei::card::channel;

void demand(bool holds) {
  if (!holds) std::abort();
}

constexpr Level kWithRMac[] = {Level::c_mac_r_mac, Level::c_mac_c_enc_r_mac, Level::all};

struct Dialogue {
  HostChannel host;
  ChipChannel chip;
  std::vector<Bytes> given = {};  // genuine answers that the host has had
  Answer plain = {};
  Bytes genuine = {};

  // The answer of the chip to a command of the host's, on its way. false: the host has closed.
  bool begin_answer(ByteView data, std::uint8_t kind) {
    const auto wire = host.wrap({.cla = 0x80, .ins = 0xF2, .le = 256});
    if (!wire) return false;
    genuine.clear();
    if (!chip.unwrap(wire->reveal())) return true;  // an error made up before: the two have parted
    plain = Answer(to_bytes(data));
    if (kind & 0x40) plain.word = 0x6283;
    genuine = chip.wrap(plain);
    return true;
  }

  void give(const Bytes& bytes) {
    const auto answer = host.unwrap(bytes);
    if (!answer) {
      demand(!host.open() && !host.wrap({.cla = 0x80, .ins = 0xF2}));
      return;
    }
    const bool bare_error = bytes.size() == 2 && !is_protected(answer->word);
    demand(bare_error || (!genuine.empty() && bytes == genuine));
    if (!bare_error) demand(answer->word == plain.word && answer->data == plain.data);
    if (!bare_error) given.push_back(bytes);
  }

  void take(const Message& message) {
    if (!begin_answer(message.bytes, message.kind)) return;
    switch (message.kind % 5) {
      case 0:
        return give(to_bytes(message.bytes));
      case 1:
        return give(genuine);
      case 2:
        return give(bent(genuine, message.bytes));
      case 3:
        return give(to_bytes(ByteView(genuine).first(genuine.size() * message.bytes.size() / 256)));
      default:
        return give(given.empty() ? Bytes() : given[message.bytes.size() % given.size()]);
    }
  }
};

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
  const Message how = take_message(rest);
  const Bytes said = how.kind % 3 == 0   ? started->answer_data
                     : how.kind % 3 == 1 ? bent(started->answer_data, how.bytes)
                                         : to_bytes(how.bytes);
  const auto opening = host.external_authenticate(said, kWithRMac[(options & 0x7F) % std::size(kWithRMac)]);
  if (!opening) {
    demand(!host.unwrap(Bytes{0x90, 0x00}) && !host.open());
    return 0;
  }
  // Challenge and cryptogram are the card's; the rest of an introduction nothing vouches for.
  demand(equal(ByteView(said).subspan(13, 16), ByteView(started->answer_data).subspan(13, 16)));
  demand(started->channel.authenticate(opening->reveal()) == sw::kDone);
  demand(host.unwrap(Bytes{0x90, 0x00}).has_value());
  Dialogue dialogue{.host = std::move(host), .chip = std::move(started->channel)};
  while (!rest.empty()) dialogue.take(take_message(rest));
  return 0;
}
