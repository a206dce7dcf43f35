#include "home/settings.h"

#include <gtest/gtest.h>

namespace shomei::home {
namespace {

std::string defaults() {
  return default_settings_text({"127.0.0.1", 8440}, {"127.0.0.1", 8441}, {"127.0.0.1", 8442});
}

std::string with(std::string_view from, std::string_view to) {
  std::string text = defaults();
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Settings, TheWrittenFileSaysWhatTheDefaultsAre) {
  const auto written = *parse_settings(defaults());
  const Settings built_in;
  EXPECT_EQ(written.demo, built_in.demo);
  EXPECT_EQ(written.journal_origin, built_in.journal_origin);
  EXPECT_EQ(written.profile.organization, built_in.profile.organization);
  EXPECT_EQ(written.profile.organization_ja, built_in.profile.organization_ja);
  EXPECT_EQ(written.profile.agency_ja, built_in.profile.agency_ja);
  EXPECT_EQ(written.profile.signature.policy, built_in.profile.signature.policy);
  EXPECT_EQ(written.profile.user_authentication.policy, built_in.profile.user_authentication.policy);
  EXPECT_EQ(written.profile.substitute_character, built_in.profile.substitute_character);
  EXPECT_EQ(written.crl.validity, built_in.crl.validity);
  EXPECT_EQ(written.ocsp_validity, built_in.ocsp_validity);
  EXPECT_EQ(written.card_blocked_word, built_in.card_blocked_word);
  EXPECT_EQ(written.card_secure_messaging_word, built_in.card_secure_messaging_word);
  EXPECT_EQ(written.card_hides_empty_files, built_in.card_hides_empty_files);
  EXPECT_EQ(written.profile.signature.ocsp_url, "http://127.0.0.1:8440/ocsp");
  EXPECT_EQ(written.directory.offices.at(0).id.text(), "inagi-city-hall");
  EXPECT_EQ(written.directory.offices.at(0).kind, rules::OfficeKind::city_hall);
  EXPECT_FALSE(written.directory.offices.at(0).hours);
  rules::Settings of_a_demo;  // whose cards have the PIN 1234
  of_a_demo.weak_pins_refused = false;
  EXPECT_EQ(written.rules, of_a_demo);
}

TEST(Settings, PeoplesKeysMayBeOfAnotherTypeThanTheAuthorities) {
  const auto other = *parse_settings(with("subject_key = \"rsa-2048\"", "subject_key = \"ec-p384\""));
  EXPECT_EQ(other.profile.subject_key, crypto::KeyType::ec_p384);
  EXPECT_EQ(other.profile.authority_key, crypto::KeyType::rsa_2048);
}

TEST(Settings, BadOnesNameTheKeyOrTheLine) {
  const std::pair<std::string, std::string> cases[] = {
      {with("demo = true", "demo = maybe"), "settings_form"},
      {with("demo = true", "demo = 1"), "setting_value"},
      {with("demo = true", "demmo = true"), "setting_unknown"},
      {with("format = 1", "format = 2"), "settings_newer"},
      {with("format = 1", "format = 0"), "setting_value"},
      {with("format = 1", "format = -1"), "setting_value"},
      {with("authority_key = \"rsa-2048\"", "authority_key = \"ed25519\""), "setting_value"},
      {with("authority_key = \"rsa-2048\"", "authority_key = \"dsa\""), "key_type_unknown"},
      {with("subject_key = \"rsa-2048\"", "subject_key = \"ed25519\""), "setting_value"},
      {with("\"6984\"", "\"6985\""), "setting_value"},
      {with("\"6882\"", "\"6984\""), "setting_value"},
      {with("hides_empty_files = true", "hides_empty_files = \"no\""), "setting_value"},
      {defaults().substr(0, defaults().find("[[office]]")), "setting_value"},
      {with("\"●\"", "\"●●\""), "setting_value"},
      {with("crl_validity_seconds = 86400", "crl_validity_seconds = 0"), "setting_value"},
      {with("\"127.0.0.1:8440\" ", "\"8440\" "), "address_text_form"},
      {with("\"1.2.392.200149.8.5.1.0.20\"", "\"1.2..3\""), "oid_form"},
      {with("code = \"13225\"", "code = \"1322\""), "setting_value"},
      {with("\"random-64\" ", "\"random\" "), "setting_value"},
      {with("\"city_hall\"", "\"town_hall\""), "setting_value"},
      {with("hours = \"\"", "hours = \"nine to five\""), "setting_value"},
      {with("hold_is_final = true", "hold_is_final = \"yes\""), "setting_value"},
      {with("\"keyCompromise\"", "\"certificateHold\""), "setting_value"},
      {with("\"old_last_day\"", "\"whenever\""), "setting_value"},
      {with("stay_special_period_since = \"\"", "stay_special_period_since = \"2026-02-30\""),
       "setting_value"},
      {with("国外転出 {date}", "国外転出"), "setting_value"},
  };
  for (const auto& [text, code] : cases)
    EXPECT_EQ(parse_settings(text).error().code, code) << text.substr(0, 0);
  EXPECT_EQ(parse_settings(with("blocked_word", "blocked_wort")).error().parameter("key"),
            "card.blocked_wort");
}

TEST(Settings, SayWhatOfACardIsNotKnownForSure) {
  EXPECT_EQ(parse_settings(with("\"6984\"", "\"6983\""))->card_blocked_word, 0x6983);
  EXPECT_EQ(parse_settings(with("\"6882\"", "\"69FC\""))->card_secure_messaging_word, 0x69FC);
  EXPECT_FALSE(parse_settings(with("files = true", "files = false"))->card_hides_empty_files);
}

TEST(Settings, TheStoreIsAFileUnlessADatabaseIsNamed) {
  EXPECT_EQ(parse_settings(defaults())->store.url, "");
  EXPECT_FALSE(parse_settings(defaults())->store.password);
  const auto named = parse_settings(with("url = \"\"", "url = \"postgresql://shomei@one,two/home\""));
  ASSERT_TRUE(named);
  EXPECT_EQ(named->store.url, "postgresql://shomei@one,two/home");
}

TEST(Settings, NoPasswordStandsInThem) {
  const std::string url = "\nurl = \"postgresql://shomei@db/home\"\n";
  const auto store = [](const std::string& lines) {
    const auto text = defaults();
    const auto begin = text.find("[store]"), end = text.find("[profile]");
    return parse_settings(text.substr(0, begin) + "[store]" + lines + text.substr(end));
  };
  for (const char* secret : {"postgresql://shomei:hidden@db/home", "host=db password=hidden",
                             "postgresql:///home?sslpassword=hidden"})
    EXPECT_EQ(store("\nurl = \"" + std::string(secret) + "\"\n").error().code, "store_url_password")
        << secret;
  EXPECT_EQ(store("\nurl = \"mysql://db\"\n").error().code, "store_url_form");
  for (const char* source : {"hidden", "ask", "credential:../hidden", "file:", "env:"}) {
    const auto refused = store(url + "password = \"" + source + "\"\n");
    EXPECT_EQ(refused.error().parameter("key"), "store.password") << source;
    for (const auto& parameter : refused.error().parameters)
      EXPECT_EQ(parameter.value.find("hidden"), std::string::npos);
  }
  EXPECT_EQ(store("\npassword = \"env:X\"\n").error().parameter("key"), "store.url");
  const auto named = store(url + "password = \"credential:shomei-store\"\n");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->store.password, (PinSource{PinSource::From::credential, "shomei-store"}));
}

TEST(Settings, AddressesAreReadWithBracketsForIpv6) {
  EXPECT_EQ(parse_address("[::1]:80")->host, "::1");
  EXPECT_EQ(format_address({"::1", 80}), "[::1]:80");
  for (auto text : {"", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536"})
    EXPECT_FALSE(parse_address(text)) << text;
}

}  // namespace
}  // namespace shomei::home
