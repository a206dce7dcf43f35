// Opening tokens: what is found, and what is said when it is not.
#include <gtest/gtest.h>

#include <fstream>

#include "soft_tokens.h"

namespace shomei::crypto::pkcs11 {
namespace {

std::string_view code(const Result<std::shared_ptr<Token>>& opened) {
  return opened ? "" : opened.error().code;
}

TEST(OpenToken, DescribesIt) {
  SoftTokens tokens;
  tokens.add("ca");
  const auto token = tokens.open("ca");
  ASSERT_TRUE(token) << token.error().code;
  EXPECT_EQ((*token)->describe().label, "ca");
  EXPECT_EQ((*token)->describe().manufacturer, "SoftHSM project");
  EXPECT_EQ((*token)->describe().serial.size(), 16U);
}

TEST(OpenToken, NamesTheTokensThatAreThere) {
  SoftTokens tokens;
  tokens.add("ca");
  tokens.add("log");
  const auto opened = tokens.open("cb");
  ASSERT_EQ(code(opened), "token_missing");
  EXPECT_EQ(opened.error().fault, Fault::not_found);
  EXPECT_EQ(opened.error().parameter("token"), "cb");
  EXPECT_EQ(opened.error().parameter("module"), tokens.module());
  for (const auto* label : {"\"ca\"", "\"log\""})
    EXPECT_NE(opened.error().parameter("found").find(label), std::string_view::npos);
}

TEST(OpenToken, TellsTokensOfOneLabelApartByTheirSerialNumber) {
  SoftTokens tokens;
  tokens.add("ca");
  tokens.add("ca");
  const auto opened = tokens.open("ca");
  ASSERT_EQ(code(opened), "token_ambiguous");
  const std::string found(opened.error().parameter("found"));
  const auto serial = found.substr(found.find("serial ") + 7, 16);
  const auto one = Token::open({tokens.module(), "ca", serial, SecretBytes::of_text(kPin)});
  ASSERT_TRUE(one) << code(one);
  EXPECT_EQ((*one)->describe().serial, serial);
  EXPECT_EQ(code(Token::open({tokens.module(), "cb", serial, SecretBytes::of_text(kPin)})), "token_missing");
}

TEST(OpenToken, SaysThatAModuleIsMissingOrIsNone) {
  SoftTokens tokens;
  const auto open = [](const std::string& module) {
    return Token::open({module, "ca", {}, SecretBytes::of_text(kPin)});
  };
  EXPECT_EQ(code(open(tokens.path("none.so").string())), "pkcs11_module_missing");
  std::ofstream(tokens.path("text.so")) << "not a library\n";
  EXPECT_EQ(code(open(tokens.path("text.so").string())), "pkcs11_module_form");
  EXPECT_EQ(code(open("/usr/lib/x86_64-linux-gnu/libgmp.so.10")), "pkcs11_module_form");
  ::setenv("SOFTHSM2_CONF", tokens.path("none.conf").c_str(), 1);
  EXPECT_EQ(code(open(tokens.module())), "pkcs11_module_failed");
}

TEST(OpenToken, NeverTriesAWrongPinTwice) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  EXPECT_EQ(code(tokens.open("ca", "1234")), "token_pin_wrong");
  EXPECT_EQ(controls.logins, 1);
  EXPECT_EQ(code(tokens.open("ca", "1234")), "token_pin_wrong");
  EXPECT_EQ(controls.logins, 1);
  EXPECT_EQ(code(tokens.open("ca", "123")), "token_pin_wrong");
  EXPECT_EQ(controls.logins, 2);
  EXPECT_TRUE(tokens.open("ca"));
}

TEST(OpenToken, NeverTriesAPinTwiceThatWasRefusedLater) {
  for (const auto& [answer, said] :
       {std::pair{CKR_PIN_INCORRECT, "token_pin_wrong"}, std::pair{CKR_PIN_LOCKED, "token_pin_locked"}}) {
    SoftTokens tokens;
    tokens.add("ca");
    auto& controls = tokens.bend();
    const auto token = *tokens.open("ca");
    const auto ring = token_key_ring(token);
    const auto signer = *ring->generate("key", KeyType::ec_p256);
    controls.login = answer;
    controls.sign_init = CKR_USER_NOT_LOGGED_IN;
    controls.sign_init_times = 1;
    const int before = controls.logins;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(signer->sign(view("message")).error().code, said);
    EXPECT_EQ(controls.logins, before + 1);
  }
}

TEST(OpenToken, SaysThatThePinIsLockedAndTriesNoMore) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  controls.login = CKR_PIN_LOCKED;
  EXPECT_EQ(code(tokens.open("ca")), "token_pin_locked");
  controls.login = CKR_OK;
  controls.token_flags = CKF_USER_PIN_LOCKED;
  const int before = controls.logins;
  EXPECT_EQ(code(tokens.open("ca")), "token_pin_locked");
  EXPECT_EQ(controls.logins, before);
  controls.token_flags = 0;
  EXPECT_TRUE(tokens.open("ca")) << "a PIN that was not called wrong is not remembered";
}

TEST(OpenToken, LeavesTheLastTryToAPerson) {
  SoftTokens tokens;
  tokens.add("ca");
  auto& controls = tokens.bend();
  controls.token_flags = CKF_USER_PIN_FINAL_TRY;
  EXPECT_EQ(code(tokens.open("ca")), "token_pin_final_try");
  EXPECT_EQ(controls.logins, 0);
}

}  // namespace
}  // namespace shomei::crypto::pkcs11
