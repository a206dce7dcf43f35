#include "home/backup/manifest.h"

#include <gtest/gtest.h>

namespace shomei::home {
namespace {

Manifest example() {
  Manifest manifest;
  manifest.made_at = *parse_instant("2026-11-26T10:00:00+09:00");
  manifest.software = "shomei 0.1.0";
  manifest.origin = "shomei.demo/journal";
  manifest.checkpoint = "shomei.demo/journal\n7\n";
  manifest.entries = 7;
  manifest.rows.of(journal::RowKind::entry) = {7, crypto::sha256(view("entries"))};
  manifest.files = {{"keys/signature-1.key", 120, crypto::sha256(view("key"))},
                    {"shomei.toml", 4000, crypto::sha256(view("settings"))},
                    {"store.sqlite", 1U << 20U, crypto::sha256(view("store"))}};
  manifest.left_out = {{"keys/home.key", "bare"}, {"key signature-2", "token:root"}};
  return manifest;
}

std::string with(const std::string& from, const std::string& to) {
  auto text = encode_manifest(example());
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string code_of(const std::string& text) {
  const auto parsed = parse_manifest(text);
  return parsed ? "taken" : std::string(parsed.error().code);
}

TEST(Manifest, ComesBackAsItWas) {
  const auto text = encode_manifest(example());
  const auto parsed = parse_manifest(text);
  ASSERT_TRUE(parsed.has_value()) << parsed.error().code << parsed.error().parameter("what");
  EXPECT_EQ(encode_manifest(*parsed), text);
  EXPECT_EQ(parsed->rows, example().rows);
  EXPECT_EQ(parsed->files.at(2).bytes, 1U << 20U);
  EXPECT_EQ(parsed->left_out.at(1).why, "token:root");
}

TEST(Manifest, ANewerFormIsToldApart) {
  EXPECT_EQ(code_of(with("\"backup_format\": 1", "\"backup_format\": 2")), "backup_newer");
  EXPECT_EQ(code_of(with("\"backup_format\": 1", "\"backup_format\": 0")), "backup_form");
}

// A restored file must stand in the home, each once.
TEST(Manifest, PathsStayInTheHome) {
  for (const char* path : {"../shomei.toml", "/etc/passwd", "", ".", "..", "keys/../../x", "keys//x", "keys/",
                           "/x", "a/b/c", "keys/.hidden", ".ssh/x", "a\\\\b", "a\\u0000b", "shomei.toml"})
    EXPECT_EQ(code_of(with("keys/signature-1.key", path)), "backup_form") << path;
  EXPECT_EQ(code_of(with("keys/signature-1.key", "keys/x")), "taken");
}

TEST(Manifest, EveryMemberIsThereAndOfItsForm) {
  for (const char* member :
       {"backup_format", "made_at", "software", "journal", "origin", "entries", "checkpoint", "rows", "files",
        "left_out", "path", "bytes", "sha256", "what", "why", "kind"})
    EXPECT_EQ(code_of(with("\"" + std::string(member) + "\"", "\"other\"")), "backup_form") << member;
  EXPECT_EQ(code_of(with("\"bytes\": 120", "\"bytes\": -120")), "backup_form");
  EXPECT_EQ(code_of(with("\"bytes\": 120", "\"bytes\": 1.5")), "backup_form");
  EXPECT_EQ(code_of(with("\"bytes\": 120", "\"bytes\": 120, \"mode\": 511")), "backup_form");
  EXPECT_EQ(code_of(with("\"kind\": \"card\"", "\"kind\": \"crl\"")), "backup_form");
  EXPECT_EQ(code_of(with("2026-11-26", "2026-13-26")), "backup_form");
  EXPECT_EQ(code_of(with(to_hex(crypto::sha256(view("key"))), "00")), "backup_form");
}

TEST(Manifest, NoCutOfOneIsOne) {
  const auto text = encode_manifest(example());
  for (std::size_t size = 0; size + 2 < text.size(); size += 7)
    EXPECT_EQ(code_of(text.substr(0, size)), "backup_form") << size;
  EXPECT_EQ(code_of("[]"), "backup_form");
  EXPECT_EQ(code_of(std::string(100'000, '[')), "backup_form");
}

}  // namespace
}  // namespace shomei::home
