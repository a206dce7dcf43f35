// Each test is a dialogue, with what a real card or jpki-facts 1.4 to 1.11 says.
#include "card/applet/chip.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "card/applet/chip_transport.h"
#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

TEST(Select, TakesTheNameOrItsBeginning) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"00a4040c05d392f00026", "9000"},              // five bytes are enough
               {"00a4040c04d392f000", "6a82"},                // four are not
               {"00a4040c0bd392f00026010000000100", "6a82"},  // longer than the name
               {"00a4040c0ad392f000260100000002", "6a82"},    // another application
               {"00a404000ad392f00026010000000100", "6f0c840ad392f0002601000000019000"},
               {"00a4040005d392f000260e", "6f0c840ad392f0002601000000019000"},
               {"00a4040005d392f000260d", "6700"},  // a byte more than asked for
               {"00a4040c", "6700"},
               {"00a4050c0ad392f000260100000001", "6a86"},
               {"00a404040ad392f000260100000001", "6a86"}});
}

TEST(Select, FindsTheFilesInsideTheApplicationAlone) {
  TestCard card;
  card.expect(
      {{"00a4020c020018", "6986"}, {"00a40000", "6a86"}, {kSelectJpki, "9000"}, {"00a40000", "9000"}});
  for (const char* id : {"0001", "0002", "0006", "0008", "000a", "000b", "0017", "0018", "001a", "001b"})
    EXPECT_EQ(card.say("00a4020c02" + std::string(id)), "9000") << id;
  card.expect({{"00a4020c020003", "6a82"},
               {"00a4020c023f00", "6a82"},
               {"00a40000023f00", "6a82"},
               {"00a4020c0100", "6700"}});
}

TEST(Select, OfTheApplicationForgetsPinsAndFile) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"802a00970101"
                "00",
                "*9000"},
               {kSelectJpki, "9000"},
               {"00200080", "6986"},
               {"802a0097010100", "6982"}});
}

TEST(Select, ThatFailsChangesNothing) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"00a4040c06a00000000101", "6a82"},
               {"00a4040005d392f0002605", "6700"},
               {"802a0097010100", "*9000"}});
}

TEST(Read, GivesWhatIsThereAndNoMore) {
  TestCard card;
  const std::string certificate = to_hex(card.chip.state().of(kAuth).certificate);
  card.expect({{kSelectJpki, "9000"}, {"00a4020c02000a", "9000"}});
  EXPECT_EQ(card.say("00b0000004"), certificate.substr(0, 8) + "9000");
  EXPECT_EQ(card.say("00b0000000"), certificate.substr(0, 512) + "9000");
  EXPECT_EQ(card.say("00b0030000"), certificate.substr(2 * 768) + "9000");  // shorter than asked
  EXPECT_EQ(card.say("00b00000000000"), certificate + "9000");              // extended Le
  EXPECT_EQ(card.say("00b0038301"), certificate.substr(2 * 899) + "9000");
  card.expect(
      {{"00b0038401", "6b00"}, {"00b07fff01", "6b00"}, {"00b00000", "6700"}, {"00b000000100", "6700"}});
}

TEST(Read, TakesAShortFileIdentifier) {
  TestCard card;
  const std::string certificate = to_hex(card.chip.state().of(kSign).authority_certificate);
  EXPECT_EQ(card.say("00b0820004"), "6986");
  card.expect({{kSelectJpki, "9000"}, {"00b09f0004", "6a82"}, {"00b0a20004", "6a86"}});
  EXPECT_EQ(card.say("00b0820104"), certificate.substr(2, 8) + "9000");
  EXPECT_EQ(card.say("00b0000004"), certificate.substr(0, 8) + "9000");  // it is the current file now
}

TEST(Read, OfTheSignatureCertificateNeedsItsPin) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"00a4020c020001", "9000"},
               {"00b0000004", "6982"},
               {"002000980434373131", "9000"},  // the other PIN does not do
               {"00b0810004", "6982"},
               {"0020009b085158375a50324b44", "9000"},
               {"00b0810004", "308203809000"}});
}

TEST(Read, NeverShowsPinsAndKeys) {
  TestCard card;
  card.expect(
      {{kSelectJpki, "9000"}, {"002000980434373131", "9000"}, {"0020009b085158375a50324b44", "9000"}});
  for (const char* id : {"97", "98", "9a", "9b"})
    EXPECT_EQ(card.say("00b0" + std::string(id) + "0000"), "6981") << id;
}

TEST(Read, ShowsTokenInfoAndAvailability) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"00b0880000", "8f8f009000"}, {"00a4020c020006", "9000"}});
  const Bytes info = from_hex(card.say("00b0000000")).value();
  ASSERT_EQ(info.size(), 162U);
  EXPECT_EQ(to_text(ByteView(info).first(32)), "JPKIAPICCTOKEN2                 ");
  EXPECT_EQ(to_text(ByteView(info).subspan(32, 32)), std::string(31, '0') + "1");
  EXPECT_TRUE(
      std::ranges::all_of(ByteView(info).subspan(80, 16), [](auto c) { return c >= '0' && c <= '9'; }));
  EXPECT_EQ(to_hex(ByteView(info).subspan(96, 28)),
            "0000040d00000001000000000000000100000000"
            "0000001000000006");
  EXPECT_EQ(to_hex(ByteView(info).subspan(124, 20)), std::string(32, 'f') + "30333031");
  EXPECT_EQ(to_text(ByteView(info).subspan(144, 16)), std::string(16, '9'));
}

TEST(Verify, CountsDownAndBlocks) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"00a4020c020018", "9000"},
               {"00200080", "63c3"},
               {"002000800431323334", "63c2"},
               {"002000800434373131", "9000"},
               {"00200080", "63c3"},  // not 9000, though it is verified
               {"002000800431323334", "63c2"},
               {"0020008000", "63c2"},  // with Le: a question still
               {"002000800431323334", "63c1"},
               {"002000800431323334", "63c0"},
               {"002000800434373131", "6984"},  // the right one comes too late
               {"00200080", "63c0"},
               {"00240180043132333"
                "4",
                "6984"}});
  EXPECT_EQ(card.tries(kAuth), 0U);
  EXPECT_EQ(card.tries(kSign), 5U);
}

TEST(Verify, AnswersTheBlockedWordOfItsSettings) {
  auto state = complete_state();
  state.pin(pin_id(kAuth))->tries_left = 0;
  TestCard card(state, {.blocked_word = sw::kPinBlockedIso});
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "6983"}, {"00200098", "63c0"}});
}

TEST(Verify, AWrongTryTakesTheVerifiedStateAway) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"002000980431323334", "63c2"},
               {"802a0097010100", "6982"}});
}

TEST(Verify, ThePinsAreIndependent) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"0020009b085158375a50324b44", "9000"},
               {"802a0097010100", "6982"},
               {"802a009a010100", "*9000"},
               {"002000980431323334", "63c2"},
               {"802a009a010100", "*9000"}});
}

TEST(Verify, WantsAPinFile) {
  TestCard card;
  card.expect({{"00200098", "6986"},
               {kSelectJpki, "9000"},
               {"00200080", "6986"},
               {"00200097", "6981"},
               {"00200085", "6a88"},
               {"00200018", "6a86"},
               {"00200198", "6a86"}});
}

TEST(ChangePin, NeedsTheOldOneAndTheRightForm) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"002401980431323334", "6982"},
               {"002000980431323334", "63c2"},
               {"002000980434373131", "9000"},
               {"0024019804313233"
                "41",
                "6a80"},                          // a letter
               {"00240198053132333435", "6a80"},  // five digits
               {"00240198", "6700"},
               {"002400980431323334", "6a86"},  // P1 00 is not offered
               {"002401980431323334", "9000"},
               {"802a0097010100", "*9000"},  // still verified
               {kSelectJpki, "9000"},
               {"002000980434373131", "63c2"},
               {"002000980431323334", "9000"}});
}

TEST(ChangePin, OfTheSignaturePasswordTakesCapitalsAlone) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"},
               {"0020009b085158375a50324b44", "9000"},
               {"0024019b06616263313233", "6a80"},
               {"0024019b054142433132", "6a80"},
               {"0024019b06414243313233", "9000"},
               {"0020009b06414243313233", "9000"}});
}

TEST(NextGeneration, HasTwoPins) {
  auto state = next_generation_state();
  state.files[{ApplicationId::input_helper, 0x0001}] = Bytes(17, 0x31);
  TestCard card(state);
  card.expect({{"00a4040c0ad3921000310001010408", "9000"},
               {"00b0810000", "6982"},
               {"00200091", "63c3"},
               {"002000910431323334", "63c2"},
               {"002000910434373131", "9000"},  // the PIN of user authentication
               {"00b0810000", "*9000"}});
}

TEST(FaceAuthentication, HasNoPins) {
  auto state = complete_state();
  state.card_kind = CardKind::face_authentication;
  state.pins = {};
  state.of(kSign) = {};
  TestCard card(state);
  card.expect({{kSelectJpki, "9000"},
               {"00200098", "63c0"},
               {"002000980434373131", "6984"},
               {"00240198043433"
                "3131",
                "6984"},
               {"802a0097010100", "6982"},
               {"00b0880003", "008f009000"}});
}

constexpr std::string_view kSelectCommon = "00a4040c0ad3921000310001010100";

ChipState with_common_pin() {
  auto state = complete_state();
  state.pin(PinId::common) = StoredPin::make(PinId::common, view("1234"));
  return state;
}

TEST(ChangeKey, SetsTheCommonPinOfWhoeverKnowsTheOldOne) {
  TestCard card(with_common_pin());
  card.expect({{kSelectCommon, "9000"},
               {"8032009c0439393939", "6982"},
               {"0020009c0431323334", "9000"},
               {"8032019c0439393939", "6a86"},
               {"8032009c", "6700"},
               {"8032009c0539393939"
                "39",
                "6a80"},
               {"8032009c0439393941", "6a80"},
               {"8032009c0439393939", "9000"},
               {"8032009c0438383838", "9000"},  // still verified
               {kSelectCommon, "9000"},
               {"0020009c0431323334", "63c2"},
               {"0020009c0438383838", "9000"}});
  EXPECT_TRUE(parse_state(card.storage.saved).value().pin(PinId::common)->is(view("8888")));
}

TEST(ChangeKey, ThatCouldNotBeStoredHasChangedNothing) {
  TestCard card(with_common_pin());
  card.expect({{kSelectCommon, "9000"}, {"0020009c0431323334", "9000"}});
  card.storage.fails_from = card.storage.saves + 1;
  card.expect({{"8032009c0439393939", "6581"}});
  EXPECT_TRUE(card.chip.state().pin(PinId::common)->is(view("1234")));
}

TEST(ChangeKey, IsOfTheCommonPinAloneAndTheOnlyWay) {
  TestCard card(with_common_pin());
  card.expect({{kSelectCommon, "9000"},
               {"0020009c0431323334", "9000"},
               {"0024019c0439393939", "6982"},  // of the other PINs
               {"803200990439393939", "6981"},  // a key
               {kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"803200980439393939", "6d00"}});
  EXPECT_TRUE(card.chip.state().pin(PinId::common)->is(view("1234")));
}

TEST(ChangeKey, FindsABlockedPinAndNone) {
  TestCard card(with_common_pin());
  card.expect({{kSelectCommon, "9000"},
               {"0020009c0430303030", "63c2"},
               {"0020009c0430303030", "63c1"},
               {"0020009c0430303030", "63c0"},
               {"8032009c0439393939", "6984"}});
  TestCard never_set;
  never_set.expect({{kSelectCommon, "9000"}, {"8032009c0439393939", "6984"}});
}

TEST(SessionKey, IsTakenByTheInputHelperAlone) {
  TestCard card;
  const std::string deliver = "80ae0000000100" + std::string(512, '1');
  card.expect({{deliver, "6d00"},
               {kSelectJpki, "9000"},
               {deliver, "6982"},
               {"002000980434373131", "9000"},
               {deliver, "6982"},  // no PIN of JPKI changes that
               {"00a4040c0ad3921000310001010402", "9000"},
               {deliver, "66f1"},
               {kSelectCommon, "9000"},
               {deliver, "66f1"}});
}

TEST(Unknown, FilesExistAndShowNothing) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}});
  for (const char* id : {"0009", "0010", "0016"})
    card.expect({{"00a4020c02" + std::string(id), "9000"}, {"00b0000000", "6982"}, {"00200080", "6981"}});
}

TEST(InputHelper, HasAPinThatIsBlockedForEver) {
  TestCard card;
  card.expect({{"00a4040c0ad3921000310001010408", "9000"},
               {"00200092", "63c0"},
               {"002000920431323334", "6984"},
               {"002401920431323334", "6982"},
               {"00200092", "63c0"}});
}

TEST(CommonApplication, GivesItsRecord) {
  auto state = complete_state();
  state.files[{ApplicationId::common, 0x0001}] = from_hex("011c").value();
  TestCard card(state);
  card.expect({{"00b2010c00", "6d00"},
               {"00a4040c0ad3921000310001010100", "9000"},
               {"00b2010c00", "011c9000"},
               {"00b2020c00", "6a83"},
               {"00b2010d00", "6a86"},
               {"00b2011400", "6981"},
               {"00b0810000", "6981"}});
}

TEST(CardData, IsToldBeforeAnApplicationIsSelected) {
  auto state = complete_state();
  state.factory = test_factory();
  state.files[{ApplicationId::issuer_domain, 0x00F0}] = to_bytes(view("13225"));
  TestCard card(state);
  card.expect({{"00ca00f000", "31333232359000"},
               {"00ca00f004", "6700"},
               {"00ca00f200", "6a88"},
               {"00ca5f5100", "e000ff8131fe45149000"},
               {"80ca7f2100", "6700"},
               {"80ca7f21000400", "*9000"},
               {kSelectJpki, "9000"},
               {"00ca00f000", "6d00"}});
}

TEST(Challenge, IsAsLongAsAskedAndNeverTheSame) {
  TestCard card;
  EXPECT_EQ(card.say("0084000008").size(), 2 * 10U);
  EXPECT_EQ(card.say("0084000000").size(), 2 * 258U);
  EXPECT_NE(card.say("0084000008"), card.say("0084000008"));
  card.expect({{"00840000", "6700"},
               {"00840100"
                "08",
                "6a86"},
               {"00840000000101", "6700"}});
}

TEST(Reset, ClearsTheSessionAndKeepsTheCounters) {
  TestCard card;
  card.expect(
      {{kSelectJpki, "9000"}, {"002000980431323334", "63c2"}, {"0020009b085158375a50324b44", "9000"}});
  card.chip.reset();
  card.expect(
      {{"802a009a010100", "6986"}, {kSelectJpki, "9000"}, {"802a009a010100", "6982"}, {"00200098", "63c2"}});
}

TEST(ChildCard, HasNoSignatureCertificateAndStillSatisfiesClients) {
  auto state = complete_state();
  state.card_kind = CardKind::child;
  state.of(kSign) = {};
  state.pin(PinId::signature).reset();
  TestCard card(state);
  card.expect({{kSelectJpki, "9000"},
               {"00a4020c02001b", "9000"},
               {"00200080", "63c0"},  // OpenSC asks for both counters
               {"0020009b06414243313233", "6984"},
               {"00a4020c020001", "6a82"},
               {"00b0810004", "6a82"},
               {"00b0880003", "008f009000"},
               {"802a009a010100", "6982"}});
  TestCard shows(state, {.hides_empty_files = false});
  shows.expect({{kSelectJpki, "9000"}, {"00a4020c020002", "9000"}, {"00b0000004", "6b00"}});
}

TEST(SecureMessaging, AnswersTheWordOfItsSettings) {
  TestCard usual;
  usual.expect({{kSelectJpki, "9000"},
                {"0420009804343731"
                 "31",
                 "6882"}});
  TestCard seen(complete_state(), {.secure_messaging_word = 0x69FC});
  for (const char* command : {"04200098", "0c200098", "842a0097010100", "8c2a0097010100"})
    seen.expect({{kSelectJpki, "9000"}, {command, "69fc"}});
  EXPECT_EQ(seen.tries(kAuth), 3U);
}

TEST(Malformed, IsAWrongLength) {
  TestCard card;
  card.expect({{"", "6700"}, {"00", "6700"}, {"002000", "6700"}, {"00a4040c0ad392", "6700"}});
}

TEST(ChipTransport, BeginsWithPowerOn) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "9000"}});
  ChipTransport transport(card.chip);
  EXPECT_EQ(to_hex(transport.transmit(from_hex("802a0097010100").value()).value()), "6986");
}

}  // namespace
}  // namespace shomei::card::applet
