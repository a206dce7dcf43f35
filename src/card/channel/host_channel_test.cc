#include "card/channel/host_channel.h"

#include <gtest/gtest.h>

#include "card/channel/channel_testing.h"

namespace shomei::card::channel {
namespace {

// Where the answer to INITIALIZE UPDATE says what.
constexpr std::size_t kVersionAt = 10;
constexpr std::size_t kProtocolAt = 11;
constexpr std::size_t kOptionsAt = 12;
constexpr std::size_t kChallengeAt = 13;
constexpr std::size_t kCryptogramAt = 21;
constexpr std::size_t kCounterAt = 29;

HostChannel begin(HostSettings settings = {}) {
  return HostChannel::begin(keys_of(16), counting(8, 0x11), std::move(settings));
}

Bytes good_introduction() {
  return started(begin(), keys_of(16)).answer_data;
}

std::string code_of(const Bytes& introduction, Level level = Level::all, HostSettings settings = {}) {
  HostChannel host = begin(std::move(settings));
  const auto opening = host.external_authenticate(introduction, level);
  return opening ? "" : std::string(opening.error().code);
}

std::string code_when(std::size_t at, std::uint8_t value) {
  Bytes introduction = good_introduction();
  introduction[at] = value;
  return code_of(introduction);
}

TEST(HostChannel, TakesTheIntroductionOfACardThatHasTheKeys) {
  EXPECT_EQ(code_of(good_introduction()), "");
  EXPECT_EQ(code_of(good_introduction(), Level::all, {.key_version = 0x30, .domain = kDomain}), "");
}

TEST(HostChannel, RefusesIntroductionsThatAreNotOfTheirForm) {
  const Bytes good = good_introduction();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(code_of(to_bytes(ByteView(good).first(size))), "channel_answer_form") << size;
  EXPECT_EQ(code_of(concatenate({good, Bytes(1)})), "channel_answer_form");
  EXPECT_EQ(code_when(kProtocolAt, 0x02), "channel_answer_form");
  // S16, and bits that mean nothing yet.
  for (const std::uint8_t options : Bytes{0x71, 0x78, 0xF0})
    EXPECT_EQ(code_when(kOptionsAt, options), "channel_answer_form") << int{options};
  EXPECT_EQ(code_when(kOptionsAt, 0x60), "channel_answer_form") << "a random challenge has no counter";
}

TEST(HostChannel, RefusesACardWithOtherKeysChallengeOrCryptogram) {
  const Bytes good = good_introduction();
  for (std::size_t at = kChallengeAt; at < kCounterAt; ++at)
    EXPECT_EQ(code_when(at, static_cast<std::uint8_t>(good[at] ^ 0x10)), "channel_card_wrong") << at;
  EXPECT_EQ(code_when(kVersionAt, 0x31), "channel_card_wrong");
  EXPECT_EQ(code_of(started(begin(), keys_of(16, 1)).answer_data), "channel_card_wrong");
  EXPECT_EQ(code_of(good, Level::all, {.key_version = 0x31}), "channel_card_wrong");
  // A recorded introduction, for another challenge of the host.
  auto other = HostChannel::begin(keys_of(16), counting(8, 0x12));
  EXPECT_EQ(other.external_authenticate(good, Level::all).error().code, "channel_card_wrong");
}

TEST(HostChannel, HoldsACountedChallengeAgainstItsCounterWhenItKnowsTheDomain) {
  const Bytes good = good_introduction();
  Bytes lying = good;
  lying[kCounterAt + 2] ^= 1;
  EXPECT_EQ(code_of(lying), "");  // the counter is under no cryptogram
  EXPECT_EQ(code_of(lying, Level::all, {.domain = kDomain}), "channel_card_wrong");
  EXPECT_EQ(code_of(good, Level::all, {.domain = counting(7, 0xA0)}), "channel_card_wrong");
}

TEST(HostChannel, TakesARandomChallengeWithoutACounter) {
  const KeySet keys = keys_of(16);
  const Bytes challenge = counting(8, 0x99);
  const Session card(keys, counting(8, 0x11), challenge);
  for (const std::uint8_t options : Bytes{0x00, 0x20, 0x60}) {
    const Bytes introduction =
        concatenate({kCard, Bytes{0x30, 0x03, options}, challenge, card.card_cryptogram()});
    HostChannel host = begin({.domain = kDomain});
    EXPECT_TRUE(host.external_authenticate(introduction, Level::c_mac_c_enc));
    EXPECT_EQ(code_of(introduction, Level::c_mac_r_mac), options & 0x20 ? "" : "channel_level");
    EXPECT_EQ(code_of(introduction, Level::all), options & 0x40 ? "" : "channel_level");
  }
}

TEST(HostChannel, FindsTheKeysByVersionAndDiversificationData) {
  const SecretBytes master(counting(32, 5));
  const FindKeys find = [&](std::uint8_t version, ByteView data) -> Result<KeySet> {
    if (version != 1) return not_found("no_such_key");
    return diversify(master, version, data);
  };
  auto host = HostChannel::begin(find, counting(8, 0x11));
  auto chip = started(host, diversify(master, 1, kCard));
  EXPECT_TRUE(host.external_authenticate(chip.answer_data, Level::all));
  auto other = HostChannel::begin(find, counting(8, 0x11));
  EXPECT_EQ(other.external_authenticate(started(other, diversify(master, 2, kCard)).answer_data, Level::all)
                .error()
                .code,
            "no_such_key");
}

TEST(HostChannel, AsksForKeysInAnyVersionThatACardClaims) {
  const FindKeys find = [](std::uint8_t version, ByteView data) -> Result<KeySet> {
    return diversify(SecretBytes(counting(16, 5)), version, data);
  };
  for (const std::uint8_t version : Bytes{0x00, 0x80, 0xFF}) {
    auto host = HostChannel::begin(find, counting(8, 0x11));
    Bytes introduction = good_introduction();
    introduction[kVersionAt] = version;
    EXPECT_EQ(host.external_authenticate(introduction, Level::all).error().code, "channel_card_wrong");
  }
}

TEST(HostChannel, KeepsTheOrderOfItsMessages) {
  HostChannel host = begin();
  const Command command{.cla = 0x80, .ins = 0xF2, .le = 256};
  EXPECT_EQ(host.wrap(command).error().code, "channel_closed");
  EXPECT_EQ(host.unwrap(Bytes{0x90, 0x00}).error().code, "channel_closed");
  ASSERT_TRUE(host.external_authenticate(good_introduction(), Level::all));
  EXPECT_EQ(host.external_authenticate(good_introduction(), Level::all).error().code, "channel_closed");
  EXPECT_EQ(host.wrap(command).error().code, "channel_closed") << "the chip has not said yes yet";
  ASSERT_TRUE(host.unwrap(Bytes{0x90, 0x00}));
  ASSERT_TRUE(host.wrap(command));
  EXPECT_EQ(host.wrap(command).error().code, "channel_closed") << "one command at a time";
}

TEST(HostChannel, IsNotOpenWhenTheChipRefuses) {
  for (const Bytes& answer : {Bytes{0x63, 0x00}, Bytes{0x69, 0x82}, Bytes{0x00, 0x90, 0x00}}) {
    HostChannel host = begin();
    ASSERT_TRUE(host.external_authenticate(good_introduction(), Level::all));
    EXPECT_EQ(host.unwrap(answer).error().code, "channel_not_opened");
    EXPECT_FALSE(host.open());
  }
  HostChannel host = begin();
  ASSERT_TRUE(host.external_authenticate(good_introduction(), Level::all));
  EXPECT_EQ(host.unwrap(Bytes{0x90}).error().code, "apdu_form");
}

TEST(HostChannel, ARefusedIntroductionIsTheEnd) {
  HostChannel host = begin();
  EXPECT_FALSE(host.external_authenticate(Bytes(32), Level::all));
  EXPECT_EQ(host.external_authenticate(good_introduction(), Level::all).error().code, "channel_closed");
}

}  // namespace
}  // namespace shomei::card::channel
