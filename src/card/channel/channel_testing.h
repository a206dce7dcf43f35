// Both ends of a channel, opened or on the way to it, for tests.
#pragma once

#include <utility>

#include "card/channel/chip_channel.h"
#include "card/channel/host_channel.h"

namespace shomei::card::channel {

inline constexpr std::size_t kKeySizes[] = {16, 24, 32};

inline Bytes counting(std::size_t size, std::uint8_t first) {
  Bytes bytes(size);
  for (auto& byte : bytes) byte = first++;
  return bytes;
}

inline KeySet keys_of(std::size_t size, std::uint8_t seed = 0) {
  return {.version = 0x30,
          .enc = SecretBytes(counting(size, seed)),
          .mac = SecretBytes(counting(size, static_cast<std::uint8_t>(seed + 0x40))),
          .dek = SecretBytes(counting(size, static_cast<std::uint8_t>(seed + 0x80)))};
}

inline const Bytes kDomain = {0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};
inline const Bytes kCard = counting(kDiversificationBytes, 0xC0);

struct Ends {
  HostChannel host;
  ChipChannel chip;

  // To the chip and back.
  Result<Answer> exchange(const Command& command, const Answer& answer) {
    SHOMEI_TRY(const auto wire, host.wrap(command));
    const auto at_chip = chip.unwrap(wire.reveal());
    return host.unwrap(at_chip ? chip.wrap(answer) : encode_answer(at_chip.error()));
  }
};

inline ChipChannel::Started started(const HostChannel& host, const KeySet& keys, std::uint32_t counter = 7) {
  const auto wire = host.initialize_update();
  return ChipChannel::start(keys, kCard, counter, kDomain, parse_command(wire.reveal()).value()).value();
}

inline Ends open_ends(std::size_t key_size, Level level, std::uint8_t host_challenge = 0x11,
                      std::uint32_t counter = 7) {
  const KeySet keys = keys_of(key_size);
  auto host =
      HostChannel::begin(keys.clone(), counting(kChallengeBytes, host_challenge), {.domain = kDomain});
  auto chip = started(host, keys, counter);
  const auto opening = host.external_authenticate(chip.answer_data, level).value();
  const StatusWord word = chip.channel.authenticate(opening.reveal());
  (void)host.unwrap(encode_answer(word)).value();
  return {.host = std::move(host), .chip = std::move(chip.channel)};
}

}  // namespace shomei::card::channel
