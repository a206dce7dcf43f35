// Properties: whatever is said over whichever channel arrives as it was said, and nothing else is taken.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

#include "card/channel/channel_testing.h"

namespace shomei::card::channel {
namespace {

Bytes any_bytes(std::size_t size) {
  return *rc::gen::container<Bytes>(size, rc::gen::arbitrary<std::uint8_t>());
}

// Around the ends of blocks, of short lengths, and of what padding and MAC make of them.
Bytes any_data() {
  const auto sizes = rc::gen::oneOf(
      rc::gen::inRange<std::size_t>(0, 40),
      rc::gen::element<std::size_t>(223, 224, 231, 232, 238, 239, 240, 246, 247, 248, 255, 256, 257, 2000));
  return any_bytes(*sizes);
}

struct Said {
  std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
  Bytes data;
  std::optional<std::uint32_t> le;
  Answer answer;

  Command command() const { return {cla, ins, p1, p2, data, le}; }
};

Said any_said() {
  Said said{.cla = *rc::gen::element<std::uint8_t>(0x00, 0x04, 0x80, 0x84),
            .ins = *rc::gen::arbitrary<std::uint8_t>(),
            .p1 = *rc::gen::arbitrary<std::uint8_t>(),
            .p2 = *rc::gen::arbitrary<std::uint8_t>(),
            .data = any_data()};
  if (*rc::gen::arbitrary<bool>()) said.le = *rc::gen::element<std::uint32_t>(1, 32, 256, 257, 65'536);
  said.answer.word = *rc::gen::element<StatusWord>(0x9000, 0x6283, 0x63C1, 0x6A82, 0x6982);
  if (is_protected(said.answer.word)) said.answer.data = any_data();
  return said;
}

Ends any_ends(Level level) {
  return open_ends(*rc::gen::elementOf(std::vector<std::size_t>(std::begin(kKeySizes), std::end(kKeySizes))),
                   level, *rc::gen::arbitrary<std::uint8_t>(),
                   *rc::gen::inRange<std::uint32_t>(0, kSequenceCounterMax));
}

Level any_level() {
  return *rc::gen::elementOf(std::vector<Level>(std::begin(kLevels), std::end(kLevels)));
}

Level any_level_with_r_mac() {
  return *rc::gen::element(Level::c_mac_r_mac, Level::c_mac_c_enc_r_mac, Level::all);
}

void say(Ends& ends, const Said& said) {
  const auto wire = ends.host.wrap(said.command()).value();
  const auto heard = ends.chip.unwrap(wire.reveal());
  RC_ASSERT(heard.has_value());
  RC_ASSERT(heard->cla == (said.cla & 0xFB) && heard->ins == said.ins);
  RC_ASSERT(heard->p1 == said.p1 && heard->p2 == said.p2 && heard->le == said.le);
  RC_ASSERT(equal(heard->data.reveal(), said.data));
  const auto answer = ends.host.unwrap(ends.chip.wrap(said.answer));
  RC_ASSERT(answer.has_value());
  RC_ASSERT(answer->word == said.answer.word && answer->data == said.answer.data);
}

TEST(AnyChannel, CarriesAnyCommandsAndAnswersAsTheyAre) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level());
    for (int count = *rc::gen::inRange(1, 5); count > 0; --count) say(ends, any_said());
  }));
}

// Le is under no MAC (Amendment D 6.2.4).
std::size_t le_bytes(const Said& said, ByteView wire) {
  if (!said.le) return 0;
  return wire[4] == 0 ? 2 : 1;
}

Bytes with_bit_changed(ByteView bytes, std::size_t end) {
  Bytes bent = to_bytes(bytes);
  const auto bit = *rc::gen::inRange<std::size_t>(0, end * 8);
  bent[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
  return bent;
}

TEST(AnyChannel, RefusesACommandWithAnyChangedBitAndEnds) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level());
    say(ends, any_said());
    const Said said = any_said();
    const auto wire = ends.host.wrap(said.command()).value();
    const auto bent = with_bit_changed(wire.reveal(), wire.size() - le_bytes(said, wire.reveal()));
    RC_ASSERT(!ends.chip.unwrap(bent).has_value());
    RC_ASSERT(!ends.chip.open());
    RC_ASSERT(ends.chip.unwrap(wire.reveal()).error() == sw::kConditions);
  }));
}

TEST(AnyChannel, RefusesACommandThatIsCutOrLonger) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level());
    const Said said = any_said();
    const auto wire = ends.host.wrap(said.command()).value();
    const auto whole = wire.size() - le_bytes(said, wire.reveal());
    Bytes bent = to_bytes(wire.reveal().first(*rc::gen::inRange<std::size_t>(0, whole)));
    if (*rc::gen::arbitrary<bool>()) bent = concatenate({wire.reveal(), any_bytes(*rc::gen::inRange(3, 20))});
    RC_ASSERT(!ends.chip.unwrap(bent).has_value());
    RC_ASSERT(!ends.chip.open());
  }));
}

TEST(AnyChannel, RefusesAnAnswerWithAnyChangedBitAndEnds) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level_with_r_mac());
    Said said = any_said();
    said.answer.word = sw::kDone;
    const auto wire = ends.host.wrap(said.command()).value();
    RC_ASSERT(ends.chip.unwrap(wire.reveal()).has_value());
    const Bytes answer = ends.chip.wrap(said.answer);
    const Bytes bent = with_bit_changed(answer, answer.size());
    RC_ASSERT(!ends.host.unwrap(bent).has_value());
    RC_ASSERT(!ends.host.open());
    RC_ASSERT(ends.host.unwrap(answer).error().code == "channel_closed");
  }));
}

// Who carries the commands can always say "error" to the host: what the chip missed it never takes later.
TEST(AnyChannel, RefusesWhatFollowsADroppedCommandAndEnds) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level());
    const auto dropped = ends.host.wrap(any_said().command()).value();
    (void)ends.host.unwrap(encode_answer(sw::kWrongData)).value();
    const auto next = ends.host.wrap(any_said().command()).value();
    RC_ASSERT(!ends.chip.unwrap(next.reveal()).has_value());
    RC_ASSERT(!ends.chip.open());
    RC_ASSERT(!ends.chip.unwrap(dropped.reveal()).has_value());  // and so swapped ones
  }));
}

TEST(AnyChannel, RefusesARepeatedCommandAndEnds) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level());
    const auto wire = ends.host.wrap(any_said().command()).value();
    const auto first = ends.chip.unwrap(wire.reveal());
    RC_ASSERT(first.has_value());
    for (int between = *rc::gen::inRange(0, 3); between > 0; --between) {
      (void)ends.host.unwrap(ends.chip.wrap(Answer())).value();
      RC_ASSERT(ends.chip.unwrap(ends.host.wrap(any_said().command()).value().reveal()).has_value());
    }
    RC_ASSERT(!ends.chip.unwrap(wire.reveal()).has_value());
    RC_ASSERT(!ends.chip.open());
  }));
}

TEST(AnyChannel, RefusesARepeatedAnswerAndEnds) {
  EXPECT_TRUE(rc::check([] {
    Ends ends = any_ends(any_level_with_r_mac());
    const Said said = any_said();
    const auto first = ends.host.wrap(said.command()).value();
    RC_ASSERT(ends.chip.unwrap(first.reveal()).has_value());
    const Bytes answer = ends.chip.wrap(Answer(any_data()));
    RC_ASSERT(ends.host.unwrap(answer).has_value());
    // The same question again: the old answer is none to it.
    const auto second = ends.host.wrap(said.command()).value();
    RC_ASSERT(ends.chip.unwrap(second.reveal()).has_value());
    RC_ASSERT(!ends.host.unwrap(answer).has_value());
    RC_ASSERT(!ends.host.open());
  }));
}

TEST(AnyChannel, RefusesWhatIsOfAnotherSessionOfTheSameCard) {
  EXPECT_TRUE(rc::check([] {
    const Level level = any_level_with_r_mac();
    const auto challenge = *rc::gen::arbitrary<std::uint8_t>();
    const auto counter = *rc::gen::inRange<std::uint32_t>(0, 1000);
    const bool other_challenge = *rc::gen::arbitrary<bool>();
    Ends ends = open_ends(16, level, challenge, counter);
    Ends others = other_challenge ? open_ends(16, level, static_cast<std::uint8_t>(challenge + 1), counter)
                                  : open_ends(16, level, challenge, counter + 1);
    const Said said = any_said();
    const auto wire = ends.host.wrap(said.command()).value();
    const auto other = others.host.wrap(said.command()).value();
    RC_ASSERT(others.chip.unwrap(other.reveal()).has_value());
    RC_ASSERT(!ends.host.unwrap(others.chip.wrap(Answer())).has_value());
    RC_ASSERT(!ends.chip.unwrap(other.reveal()).has_value());
    RC_ASSERT(!ends.chip.open());
    RC_ASSERT(!others.chip.unwrap(wire.reveal()).has_value());
  }));
}

TEST(AnyChannel, OpensWithTheSameKeysAlone) {
  EXPECT_TRUE(rc::check([] {
    const auto size = *rc::gen::elementOf(std::vector<std::size_t>{16, 24, 32});
    const KeySet keys = keys_of(size);
    KeySet other = keys.clone();
    Bytes bent = with_bit_changed(keys.mac.reveal(), size);
    other.mac = SecretBytes(bent);
    auto host = HostChannel::begin(keys.clone(), counting(8, *rc::gen::arbitrary<std::uint8_t>()));
    auto wrong = started(host, other);
    RC_ASSERT(host.external_authenticate(wrong.answer_data, Level::all).error().code == "channel_card_wrong");

    // And the chip is as strict: a host that knows the challenges and not the keys.
    auto good = started(host, keys);
    Session guess(other, ByteView(host.initialize_update().reveal()).subspan(5, 8),
                  ByteView(good.answer_data).subspan(13, 8));
    const auto forged =
        guess.protect_authentication({.cla = 0x80, .ins = 0x82, .p1 = 0x33, .data = guess.host_cryptogram()});
    RC_ASSERT(good.channel.authenticate(forged.reveal()) == 0x6300);
    RC_ASSERT(!good.channel.open());
  }));
}

TEST(AnyChannel, TakesNoForeignBytes) {
  EXPECT_TRUE(rc::check([](const Bytes& bytes) {
    Ends ends = open_ends(16, Level::all);
    RC_ASSERT(!ends.chip.unwrap(bytes).has_value());
    (void)ends.host.wrap({.cla = 0x80, .ins = 0xF2}).value();
    const auto answer = ends.host.unwrap(bytes);
    if (answer) RC_ASSERT(bytes.size() == 2 && !is_protected(answer->word));
  }));
}

}  // namespace
}  // namespace shomei::card::channel
