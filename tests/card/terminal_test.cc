// The terminal with a true chip behind it, through the life of a card.
#include "card/client/terminal.h"

#include <gtest/gtest.h>

#include "tests/card/made_card.h"

namespace shomei::card::client {
namespace {

constexpr auto kAuth = Kind::user_authentication;
constexpr auto kSign = Kind::signature;
constexpr auto kAlgorithm = crypto::SignatureAlgorithm::rsa_pkcs1_sha256;

SecretBytes text(std::string_view pin) {
  return SecretBytes::of_text(pin);
}

class TerminalTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(terminal_.select_jpki()); }
  MadeCard card_;
  applet::ChipTransport transport_{card_.chip};
  Terminal terminal_{transport_};
};

TEST_F(TerminalTest, ReadsWhatEverybodyMayRead) {
  EXPECT_EQ(terminal_.token_label().value(), "JPKIAPICCTOKEN2");
  EXPECT_EQ(terminal_.availability().value(), (Availability{true, true}));
  EXPECT_EQ(terminal_.tries_left(kAuth).value(), 3U);
  EXPECT_EQ(terminal_.tries_left(kSign).value(), 5U);
  EXPECT_EQ(terminal_.certificate(kAuth).value(), card_.files.at(file_id::kUserAuthenticationCertificate));
  EXPECT_EQ(terminal_.authority_certificate(kAuth).value(),
            card_.files.at(file_id::kUserAuthenticationAuthority));
  EXPECT_EQ(terminal_.authority_certificate(kSign).value(), card_.files.at(file_id::kSignatureAuthority));
}

TEST_F(TerminalTest, ReadsTheSignatureCertificateAfterItsPassword) {
  EXPECT_EQ(terminal_.certificate(kSign).error().code, "pin_needed");
  ASSERT_TRUE(terminal_.verify(kSign, text("abc123")));  // typed in lower case
  EXPECT_EQ(terminal_.certificate(kSign).value(), card_.files.at(file_id::kSignatureCertificate));
}

TEST_F(TerminalTest, SignsWithTheKeyThatThePinOpens) {
  EXPECT_EQ(terminal_.sign_sha256(kAuth, view("m")).error().code, "pin_needed");
  ASSERT_TRUE(terminal_.verify(kAuth, text("1234")));
  const auto signature = terminal_.sign_sha256(kAuth, view("m"));
  ASSERT_TRUE(signature);
  EXPECT_TRUE(card_.key(kAuth).verify(kAlgorithm, view("m"), *signature));
  EXPECT_EQ(terminal_.sign_sha256(kSign, view("m")).error().code, "pin_needed");
  ASSERT_TRUE(terminal_.verify(kSign, text("ABC123")));
  EXPECT_TRUE(
      card_.key(kSign).verify(kAlgorithm, view("m"), terminal_.sign_sha256(kSign, view("m")).value()));
  EXPECT_EQ(terminal_.sign(kSign, Scheme::pad_as_given, Bytes(246)).error().code, "digest_info_length");
}

TEST_F(TerminalTest, ForgetsThePinWhenTheCardIsSelectedAgain) {
  ASSERT_TRUE(terminal_.verify(kAuth, text("1234")));
  ASSERT_TRUE(terminal_.select_jpki());
  EXPECT_EQ(terminal_.sign_sha256(kAuth, view("m")).error().code, "pin_needed");
}

TEST_F(TerminalTest, BlocksAfterThreeWrongPins) {
  for (const char* left : {"2", "1"}) {
    const auto verified = terminal_.verify(kAuth, text("0000"));
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, "pin_wrong");
    EXPECT_EQ(verified.error().parameter("tries"), left);
  }
  EXPECT_EQ(terminal_.verify(kAuth, text("0000")).error().code, "pin_blocked");
  EXPECT_EQ(terminal_.verify(kAuth, text("1234")).error().code, "pin_blocked");
  EXPECT_EQ(terminal_.tries_left(kAuth).value(), 0U);
  EXPECT_EQ(terminal_.tries_left(kSign).value(), 5U);
}

TEST_F(TerminalTest, AWrongFormCostsNoTry) {
  EXPECT_EQ(terminal_.verify(kAuth, text("12345")).error().code, "pin_form");
  EXPECT_EQ(terminal_.change_pin(kAuth, text("1234"), text("abcd")).error().code, "pin_form");
  EXPECT_EQ(terminal_.change_pin(kAuth, text("123"), text("0000")).error().code, "pin_form");
  EXPECT_EQ(terminal_.tries_left(kAuth).value(), 3U);
}

TEST_F(TerminalTest, ChangesPins) {
  EXPECT_EQ(terminal_.change_pin(kSign, text("WRONG1"), text("xyz789")).error().code, "pin_wrong");
  ASSERT_TRUE(terminal_.change_pin(kSign, text("abc123"), text("xyz789")));
  EXPECT_EQ(terminal_.verify(kSign, text("ABC123")).error().code, "pin_wrong");
  EXPECT_TRUE(terminal_.verify(kSign, text("XYZ789")));
  // What was stored is a card with the new one.
  KeptInMemory storage;
  applet::Chip later(applet::parse_state(card_.storage.saved).value(), storage);
  applet::ChipTransport transport(later);
  Terminal terminal(transport);
  ASSERT_TRUE(terminal.select_jpki());
  EXPECT_TRUE(terminal.verify(kSign, text("XYZ789")));
}

TEST(ChildCard, HasOneCertificateAlone) {
  KeptInMemory storage;
  auto state = applet::ChipState::born(CardKind::child);
  state.phase = applet::Phase::operational;
  state.pin(pin_id(kAuth)) = applet::StoredPin::make(pin_id(kAuth), view("1234"));
  state.of(kAuth).key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  state.of(kAuth).certificate = certificate_of_size(1000);
  applet::Chip chip(std::move(state), storage);
  applet::ChipTransport transport(chip);
  Terminal terminal(transport);
  ASSERT_TRUE(terminal.select_jpki());
  EXPECT_EQ(terminal.availability().value(), (Availability{false, true}));
  EXPECT_EQ(terminal.certificate(kSign).error().code, "certificate_absent");
  EXPECT_EQ(terminal.authority_certificate(kAuth).error().code, "certificate_absent");
  EXPECT_EQ(terminal.tries_left(kSign).value(), 0U);
  EXPECT_EQ(terminal.verify(kSign, text("ABC123")).error().code, "pin_blocked");
}

}  // namespace
}  // namespace shomei::card::client
