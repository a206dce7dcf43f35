// What the two targets of the secured channel share: reading an input as messages, and the keys.
#pragma once

#include <algorithm>

#include "card/channel/chip_channel.h"
#include "card/channel/host_channel.h"

namespace shomei::card::channel {

// An input is one byte of options, then messages: one byte that says what is done, one of length, and the
// bytes.
struct Message {
  std::uint8_t kind = 0;
  ByteView bytes;
};

inline Message take_message(ByteView& rest) {
  if (rest.size() < 2) {
    rest = {};
    return {};
  }
  const Message message{rest[0], rest.subspan(2, std::min<std::size_t>(rest[1], rest.size() - 2))};
  rest = rest.subspan(2 + message.bytes.size());
  return message;
}

inline KeySet fuzzed_keys(std::uint8_t options) {
  const std::size_t size = options & 0x80 ? 32 : 16;
  return {.version = 1,
          .enc = SecretBytes(Bytes(size, 0x11)),
          .mac = SecretBytes(Bytes(size, 0x22)),
          .dek = SecretBytes(Bytes(size, 0x33))};
}

inline Level fuzzed_level(std::uint8_t options) {
  return kLevels[(options & 0x7F) % std::size(kLevels)];
}

// The bytes with another one where the message says: its first byte is the place, its second what is added.
inline Bytes bent(ByteView genuine, ByteView how) {
  Bytes bytes = to_bytes(genuine);
  if (how.size() >= 2 && !bytes.empty()) bytes[how[0] % bytes.size()] ^= how[1];
  return bytes;
}

inline const Bytes kFuzzedDomain = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};
inline const Bytes kFuzzedCard(kDiversificationBytes, 0x44);
inline const Bytes kFuzzedChallenge(kChallengeBytes, 0x55);

}  // namespace shomei::card::channel
