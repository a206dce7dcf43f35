// For the tests of this folder: a chip with known PINs, keys made once a process, and storages that remember
// or refuse.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "card/apdu.h"
#include "card/applet/chip.h"
#include "der/writer.h"

namespace shomei::card::applet {

inline constexpr auto kAuth = Kind::user_authentication;
inline constexpr auto kSign = Kind::signature;
inline constexpr std::string_view kAuthPin = "4711";
inline constexpr std::string_view kSignPassword = "QX7ZP2KD";
inline constexpr std::string_view kSelectJpki = "00a4040c0ad392f000260100000001";

inline std::string_view pin_of(Kind kind) {
  return kind == kSign ? kSignPassword : kAuthPin;
}

inline const crypto::PrivateKey& test_key(Kind kind) {
  static const crypto::PrivateKey kKeys[] = {crypto::PrivateKey::generate(crypto::KeyType::rsa_2048),
                                             crypto::PrivateKey::generate(crypto::KeyType::rsa_2048)};
  return kKeys[index_of(kind)];
}

// A DER value of that size, which begins as certificates do: 30 82.
inline Bytes test_certificate(std::size_t bytes, std::uint8_t filler) {
  return der::sequence({der::octet_string(Bytes(bytes - 8, filler))});
}

inline std::shared_ptr<const Factory> test_factory() {
  static const auto kFactory =
      std::make_shared<const Factory>(Factory{{.version = 1,
                                               .enc = SecretBytes(Bytes(16, 0xE1)),
                                               .mac = SecretBytes(Bytes(16, 0xA2)),
                                               .dek = SecretBytes(Bytes(16, 0xD3))},
                                              {1, 2, 3, 4, 5, 6, 7, 8, 9, 10},
                                              crypto::PrivateKey::generate(crypto::KeyType::ec_p256),
                                              test_certificate(600, 0x7E)});
  return kFactory;
}

inline ChipState complete_state() {
  ChipState state = ChipState::born();
  state.phase = Phase::operational;
  for (const Kind kind : kKinds) {
    auto& half = state.of(kind);
    state.pin(pin_id(kind)) = StoredPin::make(pin_id(kind), view(pin_of(kind)));
    half.key = test_key(kind);
    half.certificate = test_certificate(900, kind == kSign ? 0x51 : 0xA1);
    half.authority_certificate = test_certificate(700, kind == kSign ? 0x5C : 0xAC);
  }
  return state;
}

// A card whose keys are P-384, as complete as the other.
inline ChipState next_generation_state() {
  static const crypto::PrivateKey kKeys[] = {crypto::PrivateKey::generate(crypto::KeyType::ec_p384),
                                             crypto::PrivateKey::generate(crypto::KeyType::ec_p384)};
  auto state = complete_state();
  state.card_kind = CardKind::next_generation;
  for (const Kind kind : kKinds) state.of(kind).key = kKeys[index_of(kind)];
  return state;
}

// Keeps what was saved last. From save number `fails_from` on it refuses.
class MemoryStorage final : public ChipStorage {
 public:
  Result<void> save(ByteView state) override {
    if (++saves >= fails_from) return unavailable("disk_full");
    saved = to_bytes(state);
    return {};
  }
  std::size_t saves = 0;
  std::size_t fails_from = SIZE_MAX;
  Bytes saved;
};

struct TestCard {
  explicit TestCard(ChipState state = complete_state(), ChipSettings settings = {})
      : chip(std::move(state), storage, std::move(settings)) {}

  std::string say(std::string_view command) { return to_hex(chip.respond(from_hex(command).value())); }
  Answer ask(const Command& command) {
    return parse_answer(chip.respond(encode_command(command).reveal())).value();
  }
  // Expected is the whole answer; "*9000" is any data before that word.
  void expect(const std::vector<std::pair<std::string_view, std::string_view>>& dialogue) {
    for (const auto& [command, expected] : dialogue) {
      const std::string answer = say(command);
      if (expected.starts_with('*'))
        EXPECT_TRUE(answer.size() > 4 && answer.ends_with(expected.substr(1))) << command << " < " << answer;
      else
        EXPECT_EQ(answer, expected) << command;
    }
  }
  unsigned tries(Kind kind) const { return chip.state().tries_left(pin_id(kind)); }

  MemoryStorage storage;
  Chip chip;
};

}  // namespace shomei::card::applet
