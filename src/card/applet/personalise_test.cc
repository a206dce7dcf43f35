#include <gtest/gtest.h>

#include "base/limits.h"
#include "card/applet/test_card.h"
#include "card/instruction.h"

namespace shomei::card::applet {
namespace {

// What FINISH PERSONALISATION kills.
constexpr std::string_view kOwnCommands[] = {"80e000980431323334", "8046009700", "80d600000130",
                                             "80da0008038f8f00", "80e60000"};

void write(TestCard& card, FileId id, const Bytes& content) {
  Bytes name;
  append_u16(name, id);
  EXPECT_EQ(card.ask({.ins = ins::kSelect, .p1 = 2, .p2 = 12, .data = name}).word, sw::kDone);
  EXPECT_EQ(card.ask({.cla = 0x80, .ins = ins::kWriteFile, .data = content}).word, sw::kDone);
}

TEST(Personalise, MakesAnOperationalCard) {
  TestCard card(ChipState::born());
  card.expect(
      {{kSelectJpki, "9000"}, {"80e000980434373131", "9000"}, {"80e0009b085158375a50324b44", "9000"}});
  const auto auth_modulus = from_hex(card.say("8046009700")).value();
  EXPECT_EQ(auth_modulus.size(), 258U);
  card.expect({{"8046009a00", "*9000"}});
  // The card proves that it holds the key before anybody certifies it.
  card.expect({{"802a0097010100", "6982"}, {"002000980434373131", "9000"}, {"802a0097010100", "*9000"}});
  write(card, file_id::kSignatureCertificate, test_certificate(1500, 1));
  write(card, file_id::kSignatureAuthority, test_certificate(900, 2));
  write(card, file_id::kUserAuthenticationCertificate, test_certificate(900, 3));
  write(card, file_id::kUserAuthenticationAuthority, test_certificate(900, 4));
  card.expect({{"80da0008038f8f00", "9000"}, {"80e60000", "9000"}});
  EXPECT_EQ(card.chip.state().phase, Phase::operational);
  EXPECT_EQ(parse_state(card.storage.saved).value().phase, Phase::operational);
  card.expect({{"802a0097010100", "6986"},  // the session ended with the phase
               {kSelectJpki, "9000"},
               {"0020009b085158375a50324b44", "9000"},
               {"00b0810004", "308205d89000"},
               {"00b0880003", "8f8f009000"}});
}

TEST(Personalise, IsOverForEverOnceFinished) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {"002000980434373131", "9000"}, {"00a4020c02000a", "9000"}});
  const Bytes before = to_bytes(encode_state(card.chip.state()).reveal());
  for (const auto command : kOwnCommands) EXPECT_EQ(card.say(command), "6d00") << command;
  EXPECT_EQ(to_bytes(encode_state(card.chip.state()).reveal()), before);
}

TEST(Personalise, ChecksTheFormOfPins) {
  TestCard card(ChipState::born());
  card.expect({{"80e000980431323334", "6d00"},
               {kSelectJpki, "9000"},
               {"80e00098", "6a80"},
               {"80e0009803313233", "6a80"},
               {"80e0009b06616263313233", "6a80"},
               {"80e001980431323334", "6a86"},
               {"80e000970431323334", "6981"},
               {"00200098", "63c0"},  // no PIN, no try
               {"002000980431323334", "6984"}});
}

TEST(Personalise, ANewPinIsNotAVerifiedOne) {
  TestCard card;
  auto state = complete_state();
  state.phase = Phase::personalisation;
  TestCard open(state);
  open.expect({{kSelectJpki, "9000"},
               {"002000980434373131", "9000"},
               {"80e000980431323334", "9000"},
               {"802a0097010100", "6982"},
               {"002000980431323334", "9000"}});
}

TEST(Personalise, ANewKeyTakesTheOldCertificateAway) {
  auto state = complete_state();
  state.phase = Phase::personalisation;
  TestCard card(state);
  card.expect({{kSelectJpki, "9000"}, {"8046009700", "*9000"}, {"00b08a0004", "6b00"}, {"80e60000", "6985"}});
  EXPECT_FALSE(card.chip.state().of(kSign).certificate.empty());
  EXPECT_NE(card.chip.state().of(kAuth).key->public_key().spki(), test_key(kAuth).public_key().spki());
}

TEST(Personalise, WritesInPieces) {
  TestCard card(ChipState::born());
  const Bytes content = test_certificate(600, 7);
  card.expect({{kSelectJpki, "9000"}, {"80d600000130", "6986"}, {"00a4020c02000b", "9000"}});
  const auto put = [&](std::size_t offset, std::size_t count) {
    return card
        .ask({0x80, ins::kWriteFile, static_cast<std::uint8_t>(offset >> 8),
              static_cast<std::uint8_t>(offset), ByteView(content).subspan(offset, count)})
        .word;
  };
  EXPECT_EQ(put(0, 255), sw::kDone);
  EXPECT_EQ(put(256, 255), sw::kWrongOffset);  // a hole
  EXPECT_EQ(put(200, 255), sw::kWrongOffset);  // over what is written
  EXPECT_EQ(put(255, 255), sw::kDone);
  card.expect({{"80e60000", "6985"}});  // half a certificate
  EXPECT_EQ(put(510, 90), sw::kDone);
  EXPECT_EQ(card.chip.state().of(kAuth).authority_certificate, content);
  EXPECT_EQ(put(0, 100), sw::kDone);  // begins anew
  EXPECT_EQ(card.chip.state().of(kAuth).authority_certificate.size(), 100U);
}

TEST(Personalise, WritesCertificatesAloneAndNoMoreThanFits) {
  TestCard card(ChipState::born());
  card.expect({{kSelectJpki, "9000"}});
  for (const char* id : {"0006", "0008", "0017", "0018"})
    card.expect({{"00a4020c02" + std::string(id), "9000"}, {"80d600000130", "6981"}});
  card.expect({{"00a4020c02000a", "9000"}, {"80d60000", "6700"}});
  const Bytes too_long(limits::kCertificateBytesMax + 1);
  EXPECT_EQ(card.ask({.cla = 0x80, .ins = ins::kWriteFile, .data = too_long}).word, sw::kNoRoom);
  EXPECT_TRUE(card.chip.state().of(kAuth).certificate.empty());
}

TEST(Personalise, FinishesCompleteHalvesAlone) {
  const auto finish = [](auto change) {
    auto state = complete_state();
    state.phase = Phase::personalisation;
    change(state);
    TestCard card(state);
    card.say(kSelectJpki);
    return card.say("80e60000");
  };
  EXPECT_EQ(finish([](ChipState&) {}), "9000");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth) = {}, s.pin(pin_id(kAuth)).reset(); }),
            "9000");  // no certificates are wanted
  EXPECT_EQ(finish([](ChipState& s) { s.pin(pin_id(kAuth)).reset(); }), "6985");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).key.reset(); }), "6985");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).certificate.clear(); }), "6985");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).certificate.push_back(0xFF); }), "6985");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).authority_certificate.pop_back(); }), "6985");
  EXPECT_EQ(finish([](ChipState& s) { s.of(kAuth).authority_certificate.clear(); }), "9000");
}

}  // namespace
}  // namespace shomei::card::applet
