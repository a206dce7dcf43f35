#include "home/keys/key_places.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "home/key_store.h"
#include "home/keys/read_key_settings.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kModule = "/usr/lib/softhsm/libsofthsm2.so";

Result<KeySettings> read(std::string_view text) {
  SHOMEI_TRY(const auto parsed, parse_toml(text));
  TomlTable root(parsed, "");
  KeySettings keys;
  SHOMEI_CHECK(read_keys(root, keys));
  SHOMEI_CHECK(root.expect_no_other());
  return keys;
}

constexpr std::string_view kTwoTokens = R"(
[keys]
authorities = "token:root"
responders = "token:status"
responder_days = 3
[keys.named]
signature-1 = "file"
[[token]]
name = "root"
module = "/usr/lib/softhsm/libsofthsm2.so"
label = "places-root"
pin = "env:SHOMEI_TEST_PIN"
[[token]]
name = "status"
module = "/usr/lib/softhsm/libsofthsm2.so"
label = "places-status"
pin = "credential:status-pin"
)";

TEST(KeySettings, SayWhereEachKeyRests) {
  const auto keys = read(kTwoTokens);
  ASSERT_TRUE(keys) << keys.error().code;
  EXPECT_EQ(keys->place_of(KeyUse::authorities, "signature-2").text(), "token:root");
  EXPECT_EQ(keys->place_of(KeyUse::authorities, "signature-1").text(), "file") << "named";
  EXPECT_EQ(keys->place_of(KeyUse::crl, "signature-2-crl").text(), "file");
  EXPECT_EQ(keys->place_of(KeyUse::responders, "signature-2-responder").text(), "token:status");
  EXPECT_EQ(keys->responder_validity, std::chrono::days{3});
  EXPECT_EQ(keys->token("status")->pin, (PinSource{PinSource::From::credential, "status-pin"}));
  EXPECT_EQ(keys->token("nobody"), nullptr);
}

TEST(KeySettings, BadOnesAreRefused) {
  const std::string token = "[[token]]\nname = \"a\"\nmodule = \"m\"\nlabel = \"l\"\n";
  const std::pair<std::string, std::string> cases[] = {
      {"[keys]\nauthorities = \"token:a\"", "setting_value"},  // there is no such token
      {"[keys]\nauthorities = \"disk\"", "key_place_form"},
      {"[keys]\nauthorities = \"token:\"", "key_place_form"},
      {"[keys]\nauthorities = 1", "setting_value"},
      {"[keys]\nauthority = \"file\"", "setting_unknown"},
      {"[keys]\nresponder_days = 0", "setting_value"},
      {"[keys]\nresponder_days = 366", "setting_value"},
      {"[keys.named]\n\"../home\" = \"file\"", "setting_value"},
      {token + "pins = \"ask\"", "setting_unknown"},
      {token + "pin = \"1234\"", "pin_source_form"},
      {token + "pin = \"file:\"", "pin_source_form"},
      {token + "pin = \"credential:../x\"", "pin_source_form"},
      {token + token, "setting_value"},
      {"[[token]]\nname = \"a\"\nmodule = \"m\"", "setting_value"},
      {"[[token]]\nname = \"a\"\nlabel = \"l\"", "setting_value"},
      {"[[token]]\nname = \"A b\"\nmodule = \"m\"\nlabel = \"l\"", "setting_value"}};
  for (const auto& [text, code] : cases) {
    const auto keys = read(text);
    ASSERT_FALSE(keys) << text;
    EXPECT_EQ(keys.error().code, code) << text;
  }
}

class Secrets : public testing::Test {
 protected:
  Secrets() {
    std::string name = (fs::temp_directory_path() / "shomei-secrets.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    ::unsetenv("CREDENTIALS_DIRECTORY");
    ::unsetenv("SHOMEI_PASSPHRASE_FILE");
    ::unsetenv("SHOMEI_TEST_PIN");
  }
  ~Secrets() override { fs::remove_all(folder_); }
  void write(const char* name, std::string_view text) const { std::ofstream(folder_ / name) << text; }
  static std::string text(const Result<SecretBytes>& secret) {
    return secret ? std::string(secret->reveal_text()) : "error: " + std::string(secret.error().code);
  }
  fs::path folder_;
  const AskSecret person_ = [](const SecretQuestion& q) {
    return Result<SecretBytes>(SecretBytes::of_text("typed for " + q.of));
  };
};

TEST_F(Secrets, APassphraseComesFromTheCredentialThenTheFileThenAPerson) {
  EXPECT_EQ(text(passphrase_of("home", {})), "error: passphrase_needed");
  EXPECT_EQ(text(passphrase_of("home", person_)), "typed for home");
  write("file", "of the file\nsecond line\n");
  ::setenv("SHOMEI_PASSPHRASE_FILE", (folder_ / "file").c_str(), 1);
  EXPECT_EQ(text(passphrase_of("home", person_)), "of the file");
  ::setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
  EXPECT_EQ(text(passphrase_of("home", person_)), "of the file") << "there is no such credential";
  write("shomei-passphrase", "of the credential\r\n");
  EXPECT_EQ(text(passphrase_of("home", person_)), "of the credential");
  write("shomei-passphrase", "\n");
  EXPECT_EQ(text(passphrase_of("home", person_)), "error: passphrase_form") << "no other takes its place";
}

TEST_F(Secrets, APinComesFromWhereTheSettingsSay) {
  TokenSettings token{"root", "m", "l", "", {PinSource::From::environment, "SHOMEI_TEST_PIN"}};
  EXPECT_EQ(text(pin_of(token, person_)), "error: token_pin_needed");
  ::setenv("SHOMEI_TEST_PIN", "5678", 1);
  EXPECT_EQ(text(pin_of(token, {})), "5678");
  token.pin = {PinSource::From::credential, "pin"};
  EXPECT_EQ(text(pin_of(token, person_)), "error: token_pin_needed");
  write("pin", "9999\n");
  ::setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
  EXPECT_EQ(text(pin_of(token, {})), "9999");
  token.pin = {PinSource::From::file, (folder_ / "pin").string()};
  EXPECT_EQ(text(pin_of(token, {})), "9999");
  token.pin = {};
  EXPECT_EQ(text(pin_of(token, {})), "error: token_pin_needed");
  EXPECT_EQ(text(pin_of(token, person_)), "typed for root");
}

// Over two tokens of SoftHSM, which this process keeps for its own.
class TwoTokens : public Secrets {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(fs::exists(kModule)) << "no SoftHSM, which scripts/packages.txt has";
    std::string name = (fs::temp_directory_path() / "shomei-softhsm.XXXXXX").string();
    tokens_ = ::mkdtemp(name.data());
    fs::create_directory(tokens_ / "tokens");
    std::ofstream(tokens_ / "softhsm2.conf") << "directories.tokendir = " << (tokens_ / "tokens").string()
                                             << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (tokens_ / "softhsm2.conf").c_str(), 1);
    for (const char* label : {"places-root", "places-status"}) {
      const std::string command =
          std::string("softhsm2-util --init-token --free --pin 5678 --so-pin 123456 --label ") + label +
          " > " + (tokens_ / "log").string() + " 2>&1";
      ASSERT_EQ(std::system(command.c_str()), 0);
    }
  }
  static void TearDownTestSuite() { fs::remove_all(tokens_); }
  TwoTokens() {
    ::setenv("SHOMEI_TEST_PIN", "5678", 1);
    write("status-pin", "5678\n");
    ::setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
    fs::create_directory(folder_ / "keys");
    files_.emplace(*KeyStore::create(folder_ / "keys"));
  }
  static inline fs::path tokens_;
  std::optional<KeyStore> files_;
};

TEST_F(TwoTokens, EachUseHasItsOwn) {
  auto settings = *read(kTwoTokens);
  KeyPlaces places(*files_, settings, {});
  const auto authority = places.generate(KeyUse::authorities, "signature-2", crypto::KeyType::ec_p384);
  ASSERT_TRUE(authority) << authority.error().code;
  ASSERT_TRUE(places.generate(KeyUse::responders, "signature-2-responder", crypto::KeyType::ec_p256));
  ASSERT_TRUE(places.generate(KeyUse::crl, "signature-2-crl", crypto::KeyType::ec_p256));
  EXPECT_TRUE(*(*places.ring({"root"}))->has("signature-2"));
  EXPECT_FALSE(*(*places.ring({"root"}))->has("signature-2-responder"));
  EXPECT_TRUE(*(*places.ring({"status"}))->has("signature-2-responder"));
  EXPECT_TRUE(*files_->has("signature-2-crl"));
  EXPECT_EQ((*places.open(KeyUse::authorities, "signature-2"))->public_key(), (*authority)->public_key());
  EXPECT_EQ(*places.latest_responder("signature-2"), 1U);
  EXPECT_EQ(*places.latest_responder("signature-3"), 0U);
  EXPECT_EQ(places.describe("status")->label, "places-status");
}

TEST_F(TwoTokens, AKeyThatRestsElsewhereThanTheSettingsSayIsNamed) {
  auto settings = *read(kTwoTokens);
  KeyPlaces places(*files_, settings, {});
  ASSERT_TRUE(files_->generate("signature-9", crypto::KeyType::ec_p256));
  const auto opened = places.open(KeyUse::authorities, "signature-9");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "key_elsewhere");
  EXPECT_EQ(opened.error().parameter("found"), "file");
  EXPECT_EQ(places.open(KeyUse::authorities, "signature-8").error().code, "key_missing");
  EXPECT_EQ(places.generate(KeyUse::authorities, "signature-9", crypto::KeyType::ec_p256).error().code,
            "key_exists")
      << "one name, one key, wherever it rests";
}

TEST_F(TwoTokens, AWrongPinIsSaidAtTheFirstKey) {
  auto settings = *read(kTwoTokens);
  settings.tokens[0].pin = {PinSource::From::ask, ""};
  KeyPlaces places(*files_, settings, {});
  EXPECT_EQ(places.open(KeyUse::authorities, "signature-2").error().code, "token_pin_needed");
  EXPECT_EQ(places.open(KeyUse::crl, "signature-2-nothing").error().code, "key_missing")
      << "what rests in files needs no token";
}

}  // namespace
}  // namespace shomei::home
