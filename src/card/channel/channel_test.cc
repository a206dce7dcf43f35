#include <gtest/gtest.h>

#include <algorithm>

#include "card/channel/channel_testing.h"
#include "card/channel/derivation.h"

namespace shomei::card::channel {
namespace {

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

const Bytes kOneByte = {0x5A};
const Command kCommand{.cla = 0x80, .ins = 0xF2, .data = kOneByte, .le = 256};

// NIST SP 800-108 in counter mode, as docs/formats/card-channel.md shows it.
TEST(Diversify, MakesTheKeysOfTheDocument) {
  const KeySet keys = diversify(SecretBytes(counting(16, 0)), 1, kCard);
  EXPECT_EQ(keys.version, 1);
  EXPECT_EQ(to_hex(keys.enc.reveal()), "d0a7eb30804e567d15d3ba17806a250e");
  EXPECT_EQ(to_hex(keys.mac.reveal()), "657e080e13784d22ed1d93f4fa1f21a3");
  EXPECT_EQ(to_hex(keys.dek.reveal()), "8dc0040758a154b053cb0bcb4a0ddeff");
  const KeySet longer = diversify(SecretBytes(counting(32, 0)), 1, kCard);
  EXPECT_EQ(to_hex(longer.enc.reveal()), "f407889ce02413ed4e26e27273fadf1f2890cc4adddec92742000edfae7fc0a7");
}

TEST(Diversify, GivesEachCardVersionAndUseKeysOfTheirOwn) {
  const SecretBytes master(counting(32, 9));
  Bytes other_card = kCard;
  other_card.back() ^= 1;
  const KeySet keys = diversify(master, 1, kCard);
  EXPECT_TRUE(keys.usable());
  for (const auto& other : {diversify(master, 2, kCard), diversify(master, 1, other_card),
                            diversify(SecretBytes(counting(32, 10)), 1, kCard)}) {
    EXPECT_FALSE(equal(keys.enc.reveal(), other.enc.reveal()));
    EXPECT_FALSE(equal(keys.mac.reveal(), other.mac.reveal()));
  }
  EXPECT_FALSE(equal(keys.enc.reveal(), keys.mac.reveal()));
  EXPECT_FALSE(equal(keys.dek.reveal(), keys.mac.reveal()));
}

TEST(KeySet, IsUsableWhenItsKeysAreOfOneLengthThatAesHas) {
  for (const std::size_t size : kKeySizes) EXPECT_TRUE(keys_of(size).usable());
  EXPECT_FALSE(keys_of(17).usable());
  KeySet mixed = keys_of(16);
  mixed.mac = SecretBytes(counting(32, 0));
  EXPECT_FALSE(mixed.usable());
}

TEST(ChipChannelStart, AnswersWhatItCannotDo) {
  const KeySet keys = keys_of(16);
  const Bytes challenge = counting(8, 1);
  const Bytes longer = counting(9, 1);
  const Command good{.cla = 0x80, .ins = 0x50, .data = challenge, .le = 256};
  const auto word_of = [&](Command command, std::uint32_t counter = 0) {
    const auto started = ChipChannel::start(keys, kCard, counter, kDomain, command);
    return started ? sw::kDone : started.error();
  };
  EXPECT_EQ(word_of(good), sw::kDone);
  Command command = good;
  command.p1 = 0x30;
  EXPECT_EQ(word_of(command), sw::kDone);
  command.p1 = 0x31;
  EXPECT_EQ(word_of(command), sw::kReferenceNotFound);
  command = good;
  command.p2 = 1;
  EXPECT_EQ(word_of(command), sw::kWrongParameters);
  command = good;
  command.data = longer;
  EXPECT_EQ(word_of(command), sw::kWrongLength);
  command = good;
  command.le = 31;
  EXPECT_EQ(word_of(command), sw::kWrongLength);
  EXPECT_EQ(word_of(good, kSequenceCounterMax - 1), sw::kDone);
  EXPECT_EQ(word_of(good, kSequenceCounterMax), sw::kConditions);
}

TEST(ChipChannelStart, ChallengesAreNewForEachCounterAndDomain) {
  const KeySet keys = keys_of(16);
  const Bytes other_domain = counting(7, 0xA0);
  const Bytes first = counted_challenge(keys.enc, 1, kDomain);
  EXPECT_EQ(first.size(), kChallengeBytes);
  EXPECT_NE(first, counted_challenge(keys.enc, 2, kDomain));
  EXPECT_NE(first, counted_challenge(keys.enc, 1, other_domain));
}

TEST(Channel, CarriesACommandAndItsAnswerAtEachLevel) {
  for (const Level level : kLevels) {
    Ends ends = open_ends(16, level);
    EXPECT_EQ(ends.chip.level(), level);
    EXPECT_EQ(ends.host.level(), level);
    const auto wire = ends.host.wrap(kCommand).value();
    const auto command = ends.chip.unwrap(wire.reveal());
    ASSERT_TRUE(command);
    EXPECT_EQ(command->cla, 0x80);
    EXPECT_EQ(to_bytes(command->data.reveal()), kOneByte);
    const auto answer = ends.host.unwrap(ends.chip.wrap(Answer(hex("0102030405"))));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->data, hex("0102030405"));
  }
}

TEST(Channel, HidesWhatItsLevelEncrypts) {
  const Bytes secret = counting(40, 0x30);
  const auto shows = [&](ByteView wire) { return !std::ranges::search(wire, ByteView(secret)).empty(); };
  for (const Level level : kLevels) {
    Ends ends = open_ends(32, level);
    const auto wire = ends.host.wrap({.cla = 0x80, .ins = 1, .data = secret, .le = 256}).value();
    EXPECT_EQ(shows(wire.reveal()), !encrypts_commands(level));
    ASSERT_TRUE(ends.chip.unwrap(wire.reveal()));
    EXPECT_EQ(shows(ends.chip.wrap(Answer(secret))), !encrypts_answers(level));
  }
}

TEST(Channel, TheSameCommandTwiceIsTwoDifferentMessages) {
  Ends ends = open_ends(16, Level::all);
  const auto first = ends.host.wrap(kCommand).value();
  (void)ends.chip.unwrap(first.reveal());
  const Bytes first_answer = ends.chip.wrap(Answer(kOneByte));
  ASSERT_TRUE(ends.host.unwrap(first_answer));
  const auto second = ends.host.wrap(kCommand).value();
  (void)ends.chip.unwrap(second.reveal());
  EXPECT_FALSE(equal(first.reveal(), second.reveal()));
  EXPECT_NE(first_answer, ends.chip.wrap(Answer(kOneByte)));
}

TEST(Channel, AnErrorIsAStatusWordAloneAndTheChannelGoesOn) {
  Ends ends = open_ends(16, Level::all);
  Answer error(sw::kWrongData);
  error.data = hex("aabb");
  const auto first = ends.exchange(kCommand, error);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->word, sw::kWrongData);
  EXPECT_TRUE(first->data.empty());
  EXPECT_EQ(ends.exchange(kCommand, Answer(kOneByte))->data, kOneByte);
}

TEST(Channel, WarningsCarryAMac) {
  for (const StatusWord word : {StatusWord{0x6283}, sw::tries_left(2)}) {
    Ends ends = open_ends(16, Level::c_mac_r_mac);
    (void)ends.chip.unwrap(ends.host.wrap(kCommand).value().reveal());
    Bytes wire = ends.chip.wrap(word);
    ASSERT_EQ(wire.size(), 2 + kMacBytes);
    wire.back() ^= 1;
    EXPECT_EQ(ends.host.unwrap(wire).error().code, "channel_answer_wrong");
  }
}

TEST(Channel, AnAnswerWithoutItsMacIsRefused) {
  for (const Level level : {Level::c_mac_r_mac, Level::c_mac_c_enc_r_mac, Level::all})
    for (const char* forged : {"9000", "019000", "6283", "63c2", "016a80", "90"}) {
      Ends ends = open_ends(16, level);
      (void)ends.host.wrap(kCommand).value();
      EXPECT_EQ(ends.host.unwrap(hex(forged)).error().code, "channel_answer_wrong") << forged;
      EXPECT_FALSE(ends.host.open());
      EXPECT_EQ(ends.host.wrap(kCommand).error().code, "channel_closed");
    }
}

TEST(Channel, ExtendedLengthsAreMacedAsTheyAreWritten) {
  Ends ends = open_ends(16, Level::all);
  const Bytes data(300, 0x77);
  const auto wire = ends.host.wrap({.cla = 0x84, .ins = 0xD7, .data = data, .le = 65'536}).value();
  EXPECT_EQ(to_hex(wire.reveal().first(7)), "84d70000000138");
  EXPECT_EQ(to_bytes(ends.chip.unwrap(wire.reveal())->data.reveal()), data);
  // Where only Le needs the extended form, Lc has it too.
  Ends others = open_ends(16, Level::c_mac);
  const auto short_data = others.host.wrap({.cla = 0x80, .ins = 0xF2, .le = 1000}).value();
  EXPECT_EQ(to_hex(short_data.reveal().first(7)), "84f20000000008");
  EXPECT_EQ(others.chip.unwrap(short_data.reveal())->le, 1000U);
}

TEST(Channel, TakesAsMuchAsTheLongestCommandHolds) {
  for (const Level level : kLevels) {
    Ends ends = open_ends(16, level);
    const Bytes data(kPlainDataMax, 0x80);
    const auto answer = ends.exchange({.cla = 0x80, .ins = 1, .data = data, .le = 65'536}, Answer(data));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->data, data);
  }
}

TEST(ChipChannel, TakesOnlyItsOwnExternalAuthenticate) {
  struct Row {
    std::size_t at;
    std::uint8_t value;
    StatusWord word;
  };
  static constexpr Row kRows[] = {
      {0, 0x80, sw::kConditions},      {1, 0x83, sw::kConditions},     {2, 0x00, sw::kWrongParameters},
      {2, 0x31, sw::kWrongParameters}, {2, 0x01, sw::kSecurityStatus},  // the level is under the MAC
      {3, 0x01, sw::kWrongParameters}, {4, 0x0F, sw::kWrongLength},    {5, 0x00, 0x6300},
      {20, 0x00, sw::kSecurityStatus},
  };
  for (const auto& row : kRows) {
    auto host = HostChannel::begin(keys_of(16), counting(8, 0x21));
    auto chip = started(host, keys_of(16));
    const auto made = host.external_authenticate(chip.answer_data, Level::all).value();
    Bytes wire = to_bytes(made.reveal());
    ASSERT_NE(wire[row.at], row.value);
    wire[row.at] = row.value;
    EXPECT_EQ(chip.channel.authenticate(wire), row.word) << row.at;
    EXPECT_FALSE(chip.channel.open());
    EXPECT_EQ(chip.channel.authenticate(made.reveal()), sw::kConditions) << "it had one try";
  }
}

TEST(ChipChannel, UnwrapsNothingBeforeItIsOpenAndNothingTwice) {
  auto host = HostChannel::begin(keys_of(16), counting(8, 0x21));
  auto chip = started(host, keys_of(16));
  EXPECT_EQ(chip.channel.unwrap(hex("84f2000008aabbccddeeff0011")).error(), sw::kConditions);
  Ends ends = open_ends(16, Level::all);
  const auto wire = ends.host.wrap(kCommand).value();
  ASSERT_TRUE(ends.chip.unwrap(wire.reveal()));
  EXPECT_EQ(ends.chip.unwrap(wire.reveal()).error(), sw::kSecurityStatus);
  EXPECT_EQ(ends.chip.unwrap(wire.reveal()).error(), sw::kConditions);
}

TEST(ChipChannel, ACommandWithoutProtectionEndsIt) {
  for (const char* plain : {"80f20000", "80f2000000", "80f20000015a", "84f20000", "84f200000100",
                            "85f2000008aabbccddeeff0011", "0cf2000008aabbccddeeff0011"}) {
    Ends ends = open_ends(16, Level::all);
    EXPECT_EQ(ends.chip.unwrap(hex(plain)).error(), sw::kSecurityStatus) << plain;
    EXPECT_FALSE(ends.chip.open());
  }
  Ends ends = open_ends(16, Level::all);
  EXPECT_EQ(ends.chip.unwrap(hex("84f20000ff00")).error(), sw::kWrongLength);
  EXPECT_FALSE(ends.chip.open());
}

TEST(ChipChannel, AnotherExternalAuthenticateEndsIt) {
  auto host = HostChannel::begin(keys_of(16), counting(8, 0x21));
  auto chip = started(host, keys_of(16));
  const auto wire = host.external_authenticate(chip.answer_data, Level::all).value();
  EXPECT_EQ(chip.channel.authenticate(wire.reveal()), sw::kDone);
  EXPECT_EQ(chip.channel.authenticate(wire.reveal()), sw::kConditions);
  EXPECT_FALSE(chip.channel.open());
}

}  // namespace
}  // namespace shomei::card::channel
