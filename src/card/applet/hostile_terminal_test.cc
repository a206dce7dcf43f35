// A terminal between the issuer and the chip that does with their messages what it likes: it gets nothing
// done that the issuer did not ask for just now, and learns nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "card/applet/test_issuer.h"

namespace shomei::card::applet {
namespace {

const Bytes kErrorMadeUp = {0x6A, 0x80};

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

ChipState blocked_card(std::shared_ptr<const Factory> factory = test_factory()) {
  ChipState state = complete_state();
  state.factory = std::move(factory);
  state.pin(PinId::user_authentication)->tries_left = 0;
  return state;
}

// The issuer's end, and the terminal that carries for it.
struct Terminal {
  explicit Terminal(ChipState state = blocked_card()) : card(std::move(state)) {}

  Bytes give(ByteView bytes) { return card.chip.respond(bytes); }
  StatusWord word(ByteView bytes) { return parse_answer(give(bytes)).value().word; }

  void open(Level level = Level::all) {
    card.expect({{kSelectDomain, "9000"}});
    host.emplace(HostChannel::begin(test_factory()->issuer_keys.clone(), Bytes(8, ++challenge)));
    initialize_update = to_bytes(host->initialize_update().reveal());
    const auto update = parse_answer(give(initialize_update)).value();
    external_authenticate = to_bytes(host->external_authenticate(update.data, level)->reveal());
    ASSERT_TRUE(host->unwrap(give(external_authenticate)));
  }

  // Sealed by the issuer, in the terminal's hand.
  Bytes sealed(std::uint8_t ins, std::uint8_t p1, ByteView data, std::optional<std::uint32_t> le = 256) {
    const auto wire = host->wrap({.cla = kOwnClass, .ins = ins, .p1 = p1, .data = data, .le = le});
    return to_bytes(wire.value().reveal());
  }
  Bytes pin_reset() {
    return sealed(ins::kResetRetryCounter, 3, named(ApplicationId::jpki, pin_file(kAuth)));
  }
  Bytes status() { return sealed(ins::kGetStatus, 0, {}, 4096); }
  Bytes file_write() {
    Bytes data = named(ApplicationId::face, 0x0003);
    append(data, der::encode(0x80, Bytes{0, 3}));
    append(data, der::encode(0x53, Bytes{7, 8, 9}));
    return sealed(ins::kUpdateBinary, 0, data);
  }
  void drop() { ASSERT_TRUE(host->unwrap(kErrorMadeUp)); }

  // What the terminal gains if the issuer's command was carried out.
  bool opened() {
    card.expect({{kSelectJpki, "9000"}});
    return card.say("002401980439393939") == "9000";
  }
  Bytes stored() const { return to_bytes(encode_state(card.chip.state()).reveal()); }

  TestCard card;
  std::optional<HostChannel> host;
  std::uint8_t challenge = 0;
  Bytes initialize_update, external_authenticate;
};

TEST(HostileTerminal, ReplaysACommandInVain) {
  Terminal terminal;
  terminal.open();
  const Bytes reset = terminal.pin_reset();
  EXPECT_TRUE(terminal.host->unwrap(terminal.give(reset)));
  EXPECT_EQ(terminal.word(reset), sw::kSecurityStatus);
  EXPECT_EQ(terminal.word(reset), sw::kConditions) << "the channel has ended";
  EXPECT_TRUE(terminal.opened()) << "what the issuer asked for once was done once";
  terminal.card.expect({{kSelectDomain, "9000"}});
  EXPECT_EQ(terminal.word(reset), sw::kConditions);
  EXPECT_FALSE(terminal.opened());
}

TEST(HostileTerminal, ReplaysAWholeSessionInVain) {
  Terminal terminal;
  terminal.open();
  const Bytes write = terminal.file_write();
  EXPECT_TRUE(terminal.host->unwrap(terminal.give(write)));
  const Bytes initialize_update = terminal.initialize_update;
  const Bytes external_authenticate = terminal.external_authenticate;
  for (const bool power : {false, true}) {
    if (power) terminal.card.chip.reset();
    terminal.card.expect({{kSelectDomain, "9000"}});
    EXPECT_EQ(terminal.word(initialize_update), sw::kDone);
    EXPECT_EQ(terminal.word(external_authenticate), 0x6300);
    EXPECT_EQ(terminal.word(write), sw::kConditions);
  }
}

// A terminal can say 9000 for the card, and so get one sealed command that the card has not had. It is worth
// nothing once the power has gone or another channel was begun.
TEST(HostileTerminal, HoldsASessionBackInVain) {
  for (const bool power : {false, true}) {
    Terminal terminal;
    terminal.card.expect({{kSelectDomain, "9000"}});
    auto host = HostChannel::begin(test_factory()->issuer_keys.clone(), Bytes(8, 0x77));
    const Bytes first = to_bytes(host.initialize_update().reveal());
    const auto update = parse_answer(terminal.give(first)).value();
    const Bytes second = to_bytes(host.external_authenticate(update.data, Level::all)->reveal());
    ASSERT_TRUE(host.unwrap(hex("9000")));
    const Bytes name = named(ApplicationId::jpki, pin_file(kAuth));
    const Bytes reset = to_bytes(
        host.wrap({.cla = kOwnClass, .ins = ins::kResetRetryCounter, .p1 = 3, .data = name})->reveal());
    if (power) terminal.card.chip.reset();
    terminal.card.expect({{kSelectDomain, "9000"}});
    EXPECT_EQ(terminal.word(first), sw::kDone);
    EXPECT_EQ(terminal.word(second), 0x6300);
    EXPECT_EQ(terminal.word(reset), sw::kConditions);
    EXPECT_FALSE(terminal.opened());
  }
}

TEST(HostileTerminal, SwapsAndDropsCommandsInVain) {
  Terminal terminal;
  terminal.open();
  const Bytes before = terminal.stored();
  const Bytes reset = terminal.pin_reset();
  terminal.drop();
  const Bytes write = terminal.file_write();
  EXPECT_EQ(terminal.word(write), sw::kSecurityStatus);
  EXPECT_EQ(terminal.word(reset), sw::kConditions);
  EXPECT_EQ(terminal.stored(), before);
  EXPECT_FALSE(terminal.opened());
}

TEST(HostileTerminal, CutsACommandAtEveryByteInVain) {
  Terminal terminal;
  terminal.open();
  const std::size_t size = terminal.file_write().size();
  for (std::size_t cut = 0; cut + 1 < size; ++cut) {  // the last byte is Le, which is under no MAC
    terminal.open();
    const Bytes write = terminal.file_write();
    const Bytes before = terminal.stored();
    const auto word = terminal.word(ByteView(write).first(cut));
    EXPECT_TRUE(word == sw::kSecurityStatus || word == sw::kWrongLength) << cut << " " << word;
    EXPECT_EQ(terminal.word(write), sw::kConditions) << cut;
    EXPECT_EQ(terminal.stored(), before) << cut;
  }
}

TEST(HostileTerminal, ChangesAnyBitOfACommandInVain) {
  Terminal terminal;
  terminal.open();
  const std::size_t size = terminal.pin_reset().size();
  for (std::size_t bit = 0; bit < (size - 1) * 8; ++bit) {
    terminal.open();
    Bytes reset = terminal.pin_reset();
    reset[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_NE(terminal.word(reset), sw::kDone) << bit;
    EXPECT_FALSE(terminal.opened()) << bit;
  }
}

TEST(HostileTerminal, MakesUpAnAnswerInVain) {
  Terminal terminal;
  terminal.open();
  (void)terminal.status();
  EXPECT_EQ(terminal.host->unwrap(hex("9000")).error().code, "channel_answer_wrong");
  terminal.open();
  Bytes answer = terminal.give(terminal.status());
  answer[5] ^= 1;
  EXPECT_EQ(terminal.host->unwrap(answer).error().code, "channel_answer_wrong");
  terminal.open();
  const Bytes earlier = terminal.give(terminal.status());
  EXPECT_TRUE(terminal.host->unwrap(earlier));
  (void)terminal.give(terminal.status());
  EXPECT_EQ(terminal.host->unwrap(earlier).error().code, "channel_answer_wrong");
}

std::shared_ptr<const Factory> other_factory() {
  Factory other{.issuer_keys = channel::diversify(SecretBytes(Bytes(16, 0x77)), 1, Bytes(10, 9)),
                .diversification = {9, 9, 9},
                .attestation_key = crypto::PrivateKey::generate(crypto::KeyType::ec_p256),
                .attestation_certificate = test_certificate(600, 0x7F)};
  return std::make_shared<const Factory>(std::move(other));
}

TEST(HostileTerminal, AnswersForAnotherCardInVain) {
  Terminal terminal;
  Terminal other(blocked_card(other_factory()));
  other.card.expect({{kSelectDomain, "9000"}});
  auto host = HostChannel::begin(test_factory()->issuer_keys.clone(), Bytes(8, 0x31));
  const auto update = parse_answer(other.give(host.initialize_update().reveal())).value();
  EXPECT_EQ(host.external_authenticate(update.data, Level::all).error().code, "channel_card_wrong");
  // In the middle of a session with the right card.
  terminal.open();
  EXPECT_EQ(other.word(terminal.status()), sw::kConditions);
  // Even a card with the same keys, in the same place of its own session.
  Terminal twin;
  twin.open();
  twin.open();
  const Bytes answer = twin.give(twin.status());
  EXPECT_EQ(terminal.host->unwrap(answer).error().code, "channel_answer_wrong");
}

TEST(HostileTerminal, FindsClass84NowhereButInTheDomain) {
  Terminal terminal;
  for (const auto& entry : applications()) {
    if (entry.id == ApplicationId::issuer_domain) continue;
    terminal.open();
    const Bytes reset = terminal.pin_reset();
    const Bytes before = terminal.stored();
    const Command select{.ins = ins::kSelect, .p1 = 4, .p2 = 0x0C, .data = entry.name};
    ASSERT_EQ(terminal.card.ask(select).word, sw::kDone);
    EXPECT_EQ(terminal.word(reset), sw::kNoSecureMessaging);
    // Coming back finds no channel.
    terminal.card.expect({{kSelectDomain, "9000"}});
    EXPECT_EQ(terminal.word(reset), sw::kConditions);
    EXPECT_EQ(terminal.stored(), before);
    EXPECT_FALSE(terminal.opened());
  }
}

TEST(HostileTerminal, FindsNoChannelBeforeTheDomainIsSelected) {
  Terminal terminal;
  terminal.open();
  const Bytes reset = terminal.pin_reset();
  terminal.card.chip.reset();
  EXPECT_EQ(terminal.word(reset), sw::kNoSecureMessaging);
  terminal.card.expect({{kSelectDomain, "9000"}});
  EXPECT_EQ(terminal.word(reset), sw::kConditions);
  EXPECT_FALSE(terminal.opened());
}

TEST(HostileTerminal, SelectingAnythingElseEndsTheChannel) {
  for (const std::string_view select :
       {kSelectJpki, kSelectDomain, std::string_view("00a4040c05d392f00026")}) {
    Terminal terminal;
    terminal.open();
    terminal.card.expect({{select, "9000"}, {kSelectDomain, "9000"}});
    EXPECT_EQ(terminal.word(terminal.pin_reset()), sw::kConditions) << select;
  }
}

TEST(HostileTerminal, AnotherInitializeUpdateEndsTheChannel) {
  // A good one, one of a wrong version, one of a wrong length.
  for (const std::string_view update :
       {"8050000008000102030405060700", "8050550008000102030405060700", "805000000700010203040506"}) {
    Terminal terminal;
    terminal.open();
    const Bytes reset = terminal.pin_reset();
    (void)terminal.card.say(update);
    EXPECT_NE(terminal.word(reset), sw::kDone) << update;
    EXPECT_FALSE(terminal.opened()) << update;
  }
}

TEST(HostileTerminal, AnotherExternalAuthenticateEndsTheChannel) {
  Terminal terminal;
  terminal.open();
  const Bytes reset = terminal.pin_reset();
  EXPECT_EQ(terminal.word(terminal.external_authenticate), sw::kConditions);
  EXPECT_EQ(terminal.word(reset), sw::kConditions);
  EXPECT_FALSE(terminal.opened());
}

TEST(HostileTerminal, BytesThatAreNoCommandEndTheChannel) {
  for (const std::string_view garbage : {"84", "84f200", "842c0300ff00", "842c030000000500"}) {
    Terminal terminal;
    terminal.open();
    const Bytes reset = terminal.pin_reset();
    EXPECT_EQ(terminal.card.say(garbage), "6700") << garbage;
    EXPECT_EQ(terminal.word(reset), sw::kConditions) << garbage;
  }
}

// The issuer's commands in every class and without any protection, with a channel and without.
TEST(HostileTerminal, GetsNothingDoneWithoutProtection) {
  static constexpr std::uint8_t kInstructions[] = {
      ins::kGenerateKeyPair,     ins::kComputeSignature, ins::kUpdateBinary, ins::kResetRetryCounter,
      ins::kChangeReferenceData, ins::kGetStatus,        ins::kSetStatus,    ins::kDelete};
  const Bytes name = named(ApplicationId::jpki, pin_file(kAuth));
  for (const bool with_channel : {false, true})
    for (const std::uint8_t instruction : kInstructions)
      for (const unsigned cla : {0x00U, 0x04U, 0x0CU, 0x80U, 0x84U, 0x8CU}) {
        Terminal terminal;
        if (with_channel)
          terminal.open();
        else
          terminal.card.expect({{kSelectDomain, "9000"}});
        const Bytes before = terminal.stored();
        const auto answer = terminal.card.ask({.cla = static_cast<std::uint8_t>(cla),
                                               .ins = instruction,
                                               .p1 = static_cast<std::uint8_t>(instruction == 0x2C ? 3 : 0),
                                               .data = name,
                                               .le = 4096});
        EXPECT_NE(answer.word, sw::kDone) << cla << " " << int{instruction};
        EXPECT_TRUE(answer.data.empty());
        EXPECT_EQ(terminal.stored(), before);
        EXPECT_FALSE(terminal.opened());
      }
}

TEST(HostileTerminal, CannotLowerTheLevel) {
  for (const Level level : channel::kLevels) {
    if (level == Level::all) continue;
    // Under a lower one that the issuer never asks for, the domain does nothing.
    Terminal terminal;
    terminal.open(level);
    EXPECT_EQ(terminal.word(terminal.pin_reset()), sw::kSecurityStatus);
    EXPECT_FALSE(terminal.opened());
    // And the one that it asks for is under the MAC.
    terminal.card.expect({{kSelectDomain, "9000"}});
    auto host = HostChannel::begin(test_factory()->issuer_keys.clone(), Bytes(8, 0x41));
    const auto update = parse_answer(terminal.give(host.initialize_update().reveal())).value();
    Bytes authenticate = to_bytes(host.external_authenticate(update.data, Level::all)->reveal());
    authenticate[2] = static_cast<std::uint8_t>(level);
    EXPECT_EQ(terminal.word(authenticate), sw::kSecurityStatus);
    EXPECT_EQ(terminal.word(authenticate), sw::kConditions);
  }
}

// It can ask the card other things in between: they are no part of the channel and do not touch it.
TEST(HostileTerminal, PlainCommandsInBetweenChangeNothing) {
  Terminal terminal;
  terminal.open();
  const Bytes status = terminal.status();
  terminal.card.expect({{"80ca7f2100000000", "6700"}});
  terminal.open();
  const Bytes again = terminal.status();
  terminal.card.expect({{"80f2000000", "6d00"}, {"0084000008", "*9000"}});
  EXPECT_TRUE(terminal.host->unwrap(terminal.give(again)));
  EXPECT_NE(again, status);
}

// Le alone is under no MAC: the card then answers with an error, or as it would have, and has done what the
// issuer asked for.
TEST(HostileTerminal, ChangesLeAndGainsNothing) {
  Terminal terminal;
  terminal.open();
  Bytes status = terminal.status();
  status[status.size() - 2] = 0;
  status[status.size() - 1] = 1;
  EXPECT_EQ(terminal.host->unwrap(terminal.give(status))->word, sw::kWrongLength);
  EXPECT_TRUE(terminal.host->unwrap(terminal.give(terminal.status()))) << "the channel goes on";
}

TEST(HostileTerminal, ReadsNothingOfWhatIsSaid) {
  Terminal terminal;
  terminal.open();
  const Bytes secret(24, 0x5C);
  Bytes data = named(ApplicationId::face, 0x0003);
  append(data, der::encode(0x80, Bytes{0, 24}));
  append(data, der::encode(0x53, secret));
  const Bytes wire = terminal.sealed(ins::kUpdateBinary, 0, data);
  EXPECT_TRUE(std::ranges::search(wire, ByteView(secret).first(8)).empty());
  EXPECT_TRUE(std::ranges::search(wire, ByteView(application(ApplicationId::face).name)).empty());
  EXPECT_TRUE(terminal.host->unwrap(terminal.give(wire)));
  const Bytes status = terminal.give(terminal.status());
  EXPECT_TRUE(std::ranges::search(status, ByteView(terminal.card.chip.state().token_serial)).empty());
}

// Whatever a terminal says to a card that is being made, without the channel nothing comes onto it.
TEST(HostileTerminal, WritesNothingOntoABornCardWithoutTheChannel) {
  TestCard card(ChipState::born(CardKind::standard, test_factory()));
  const Bytes before = to_bytes(encode_state(card.chip.state()).reveal());
  for (const auto select : {kSelectDomain, kSelectJpki})
    for (int cla : {0x00, 0x80, 0x84})
      for (int ins = 0; ins < 256; ++ins) {
        card.expect({{select, "9000"}});
        (void)card.say("00a4020c020018");
        if (cla == 0x80 && ins == ins::kInitializeUpdate) continue;  // counts, and no more
        const auto header = to_hex(Bytes{static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins)});
        for (const char* rest : {"0098", "00980434373131", "00970101", "009700", "0000"})
          (void)card.say(header + rest);
      }
  EXPECT_EQ(to_bytes(encode_state(card.chip.state()).reveal()), before);
}

}  // namespace
}  // namespace shomei::card::applet
