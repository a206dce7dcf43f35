#include "home/ceremony/ceremony_file.h"

#include <gtest/gtest.h>

namespace shomei::home {
namespace {

constexpr std::string_view kFile = R"(ceremony_format = 1
title = "Second generation"
witnesses = ["First Witness", "第二立会人"]

[checkpoint]
place = "file"

[[authority]]
kind = "signature"
generation = 2
key = "ec-p384"
place = "token:root"
years = 12
not_before = "2030-04-01T00:00:00+09:00"
name = ["C=JP", "O=TRAINING"]
crl = { key = "ec-p256", place = "token:status" }
responder = { key = "rsa-2048", place = "token:status" }
link = true
link_number = "own"
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kFile);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(CeremonyFile, IsRead) {
  const auto file = parse_ceremony_file(kFile);
  ASSERT_TRUE(file) << file.error().code << " " << file.error().parameter("key");
  EXPECT_EQ(file->title, "Second generation");
  EXPECT_EQ(file->witnesses.at(1), "第二立会人");
  EXPECT_EQ(file->checkpoint->text(), "file");
  const auto& a = file->authorities.at(0);
  EXPECT_EQ(a.authority_name(), "signature-2");
  EXPECT_EQ(a.key.type, crypto::KeyType::ec_p384);
  EXPECT_EQ(a.key.place.text(), "token:root");
  EXPECT_EQ(a.years, 12);
  EXPECT_EQ(a.not_before, *parse_instant("2030-04-01T00:00:00+09:00"));
  EXPECT_EQ(a.name, (std::vector<std::string>{"C=JP", "O=TRAINING"}));
  EXPECT_EQ(a.crl->type, crypto::KeyType::ec_p256);
  EXPECT_EQ(a.responder.place.text(), "token:status");
  EXPECT_TRUE(a.link);
  EXPECT_EQ(a.link_number, authority::LinkNumber::own);
  EXPECT_EQ(file->digest, crypto::sha256(view(kFile)));
}

TEST(CeremonyFile, WhatIsWrongIsNamedWithItsLine) {
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {with("years = 12", "years = 31"), "setting_value", "13"},
      {with("years = 12", "years = \"12\""), "setting_value", "13"},
      {with("years = 12", ""), "setting_value", "8"},
      {with("years", "yeers"), "setting_value", "8"},
      {with("link = true", "links = true"), "setting_unknown", "18"},
      {with("generation = 2", "generation = 0"), "setting_value", "10"},
      {with("generation = 2", "generation = 100"), "setting_value", "10"},
      {with("\"signature\"", "\"signing\""), "setting_value", "9"},
      {with("\"ec-p384\"", "\"ed25519\""), "setting_value", "11"},
      {with("\"ec-p384\"", "\"ec-p521\""), "setting_value", "11"},
      {with("\"token:root\"", "\"root\""), "setting_value", "12"},
      {with("2030-04-01T00:00:00+09:00", "2030-04-01"), "setting_value", "14"},
      {with("[\"C=JP\", \"O=TRAINING\"]", "\"C=JP\""), "setting_value", "15"},
      {with("[\"C=JP\", \"O=TRAINING\"]", "[]"), "setting_value", "15"},
      {with("[\"C=JP\", \"O=TRAINING\"]", "[1]"), "setting_value", "15"},
      {with("crl = { key = \"ec-p256\", ", "crl = { "), "setting_value", "16"},
      {with("\"token:status\" }\nresponder", "\"token:status\", pin = 1 }\nresponder"), "setting_unknown",
       "16"},
      {with("responder = {", "responders = {"), "setting_value", "8"},
      {with("\"own\"", "\"mine\""), "setting_value", "19"},
      {with("\"Second generation\"", "\"\""), "setting_value", "2"},
      {with("\"Second generation\"", "\"two\\nlines\""), "setting_value", "2"},
      {with("[\"First Witness\", \"第二立会人\"]", "[]"), "setting_value", "3"},
      {with("ceremony_format = 1", "ceremony_format = 0"), "setting_value", "1"},
      {with("title =", "title"), "settings_form", "2"},
      {std::string(kFile) + std::string(kFile.substr(kFile.find("[[authority]]"))), "setting_value", "22"}};
  for (const auto& [text, code, line] : cases) {
    const auto file = parse_ceremony_file(text);
    ASSERT_FALSE(file) << text;
    EXPECT_EQ(file.error().code, code) << text;
    EXPECT_EQ(file.error().parameter("line"), line) << code << " " << file.error().parameter("key");
  }
  EXPECT_EQ(parse_ceremony_file(with("ceremony_format = 1", "ceremony_format = 2")).error().code,
            "ceremony_newer");
}

TEST(CeremonyFile, NoCutOfAFileIsTakenForAnother) {
  for (std::size_t length = 0; length < kFile.size(); ++length) {
    const auto file = parse_ceremony_file(kFile.substr(0, length));
    if (!file) continue;
    // From the end of the responder on, the rest is optional; what was read is what stands there.
    EXPECT_GE(length, kFile.find("link = true") - 1);
  }
}

TEST(CeremonyFile, BytesThatAreBentNeverBreakTheReader) {
  for (std::size_t at = 0; at < kFile.size(); ++at) {
    for (const char to : {'\0', '\n', '"', '[', '\xFF'}) {
      std::string bent(kFile);
      bent[at] = to;
      (void)parse_ceremony_file(bent).has_value();
    }
  }
}

}  // namespace
}  // namespace shomei::home
