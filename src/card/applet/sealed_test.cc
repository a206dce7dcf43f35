// The input helper's sealed sessions, with the terminal's end of them.
#include <gtest/gtest.h>

#include "card/applet/chip_transport.h"
#include "card/applet/test_card.h"
#include "card/instruction.h"
#include "card/sealing/session_transport.h"
#include "crypto/random.h"
#include "crypto/rsa.h"

namespace shomei::card::applet {
namespace {

constexpr std::string_view kSelectInputHelper = "00a4040c0ad3921000310001010408";
constexpr std::string_view kSelectFace = "00a4040c0ad3921000310001010402";
constexpr std::string_view kSelectCommon = "00a4040c0ad3921000310001010100";
constexpr std::string_view kVerifyPin = "002000910431323334";
constexpr std::string_view kNumber = "ff100c393938373635343332313039ffff";

ChipState state_with_files() {
  ChipState state = complete_state();
  state.files[{ApplicationId::input_helper, 0x0001}] = from_hex(kNumber).value();
  state.files[{ApplicationId::input_helper, 0x0002}] = Bytes(600, 0x22);
  state.pin(PinId::input_helper) = StoredPin::make(PinId::input_helper, view("1234"));
  state.pin(PinId::input_helper_a) = StoredPin::make(PinId::input_helper_a, view("998765432109"));
  state.session_key = test_key(kAuth);
  return state;
}

const crypto::PublicKey& card_key() {
  return test_key(kAuth).public_key();
}

std::string say(Transport& transport, std::string_view hex) {
  return to_hex(transport.transmit(from_hex(hex).value()).value());
}

struct SessionCard : TestCard {
  SessionCard() : TestCard(state_with_files()), line(chip) {
    expect({{kSelectInputHelper, "9000"}, {kVerifyPin, "9000"}});
    session.emplace(sealing::SessionTransport::begin(line, card_key()).value());
  }
  ChipTransport line;
  std::optional<sealing::SessionTransport> session;
};

TEST(SealedSession, ReadsWhatAPlainReadGives) {
  SessionCard card;
  EXPECT_EQ(say(*card.session, "00a4020c020001"), "9000");
  EXPECT_EQ(say(*card.session, "00b0000000"), std::string(kNumber) + "9000");
  EXPECT_EQ(say(*card.session, "00b0000405"),
            "3938373635"
            "9000");
  card.expect({{"00b0000405", "39383736359000"}});  // plain ones do not move the counter
  EXPECT_EQ(say(*card.session, "00b0820000").size(), 2 * 258U);

  EXPECT_EQ(say(*card.session, "00a4020c020099"), "6a82");
  EXPECT_EQ(say(*card.session, "00b0830000"), "6b00");  // after a refusal both ends still agree
}

TEST(SealedSession, AReferenceNumberIsShownSealedAndCostsTheSameTries) {
  SessionCard card;
  EXPECT_EQ(say(*card.session, "002000940c393938373635343332313030"), "63c9");
  EXPECT_EQ(say(*card.session, "002000940c393938373635343332313039"), "9000");
  EXPECT_EQ(card.chip.state().tries_left(PinId::input_helper_a), 10U);
}

TEST(SealedSession, NeedsThePinAndNothingElseWillDo) {
  TestCard card(state_with_files());
  ChipTransport line(card.chip);
  const auto begin = [&] {
    const auto session = sealing::SessionTransport::begin(line, card_key());
    return session ? std::string_view("no error") : session.error().code;
  };
  card.expect({{kSelectInputHelper, "9000"}});
  EXPECT_EQ(begin(), "pin_needed");
  card.expect({{"002000940c393938373635343332313039", "9000"}});
  EXPECT_EQ(begin(), "pin_needed");
  card.expect({{kVerifyPin, "9000"}});
  EXPECT_EQ(begin(), "no error");
  card.expect({{kSelectJpki, "9000"}});
  EXPECT_EQ(begin(), "pin_needed");
  for (const auto other : {kSelectFace, kSelectCommon}) {
    card.expect({{other, "9000"}});
    EXPECT_EQ(begin(), "session_refused");
  }
}

TEST(SealedSession, EndsWithSelectResetAndTheFirstFailure) {
  const std::string read =
      "08b00000000005960300000000"
      "00";
  {
    SessionCard card;
    card.expect({{kSelectInputHelper, "9000"}, {read, "6882"}});
  }
  {
    SessionCard card;
    card.chip.reset();
    card.expect({{kSelectInputHelper, "9000"}, {read, "6882"}});
  }
  for (const std::string_view bad :
       {"08b000000000029600ff00", "08a4020c1286100100112233445566778899aabbccddee", "0820009403860101",
        "08a4020c05960300000000", "08b000000000038601000000"}) {
    SessionCard card;
    card.expect({{bad, "6988"}, {read, "69fc"}, {kSelectInputHelper, "9000"}, {read, "6882"}});
  }
  {
    SessionCard card;  // no checksum was agreed on
    card.expect({{"0cb00000000005960300000000"
                  "00",
                  "6987"},
                 {read, "69fc"}});
  }
  {
    SessionCard card;  // other instructions have no sealed form, and no counter
    card.expect({{"0884000000", "6d00"}});
    EXPECT_EQ(say(*card.session, "00a4020c020001"), "9000");
  }
}

TEST(SealedSession, ABadDeliveryIsToldApartNoMoreThanOnRealCards) {
  TestCard card(state_with_files());
  card.expect({{kSelectInputHelper, "9000"}, {kVerifyPin, "9000"}});
  const auto deliver = [&](ByteView data, std::uint8_t p1 = 0) {
    return card.ask({.cla = kOwnClass, .ins = ins::kSetSessionKey, .p1 = p1, .data = data}).word;
  };
  const auto sealed = [&](std::string_view hex) {
    return crypto::encrypt_oaep(card_key(), SecretBytes(from_hex(hex).value())).value();
  };
  EXPECT_EQ(deliver(Bytes(255, 1)), sw::kWrongLength);
  EXPECT_EQ(deliver(Bytes(256, 0xFF)), sw::kNoDiagnosis);  // not below the modulus
  EXPECT_EQ(deliver(Bytes(256, 0x01)), sw::kWrongData);
  EXPECT_EQ(deliver(sealed("a000")), sw::kWrongData);
  EXPECT_EQ(deliver(sealed("a0228120" + std::string(64, '0'))), sw::kWrongData);  // a checksum's key
  const auto good = sealed("a0228020" + std::string(64, '0'));
  EXPECT_EQ(deliver(good, 1), sw::kWrongParameters);
  EXPECT_EQ(deliver(good), sw::kDone);
}

TEST(SealedSession, TheKeyIsMadeWhenItIsFirstReadAndStays) {
  auto state = state_with_files();
  state.session_key.reset();
  TestCard card(std::move(state));
  card.expect({{kSelectInputHelper, "9000"}, {"00b0860000", "6982"}});
  EXPECT_FALSE(card.chip.state().session_key);
  card.expect({{kVerifyPin, "9000"}});
  EXPECT_EQ(card.ask({.cla = kOwnClass, .ins = ins::kSetSessionKey, .data = Bytes(256, 1)}).word,
            sw::kWrongData);
  const auto before = card.storage.saves;
  const auto file = card.say("00b0860000");
  EXPECT_EQ(card.storage.saves, before + 1);
  EXPECT_TRUE(
      file.starts_with("a182010990030100019182010"
                       "0"));
  EXPECT_EQ(card.say("00b0860000"), file);
  EXPECT_EQ(card.storage.saves, before + 1);
  const auto again = parse_state(card.storage.saved).value();
  EXPECT_EQ(again.session_key->public_key(), card.chip.state().session_key->public_key());
  EXPECT_TRUE(equal(encode_state(again).reveal(), card.storage.saved));
}

TEST(SealedSession, AKeyThatCouldNotBeStoredIsNotShown) {
  auto state = state_with_files();
  state.session_key.reset();
  TestCard card(std::move(state));
  card.expect({{kSelectInputHelper, "9000"}, {kVerifyPin, "9000"}});
  card.storage.fails_from = card.storage.saves + 1;
  card.expect({{"00b0860000", "6581"}});
  EXPECT_FALSE(card.chip.state().session_key);
}

}  // namespace
}  // namespace shomei::card::applet
