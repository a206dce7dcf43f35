#include "card/file/card_file.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "crypto/random.h"
#include "crypto/seal.h"
#include "files/file.h"

namespace shomei::card::file {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSelectJpki = "00a4040c0ad392f000260100000001";
constexpr std::string_view kRightPin = "002000980434373131";
constexpr std::string_view kWrongPin = "002000980431323334";

// A card that has a PIN, and no more.
applet::ChipState with_pin() {
  auto state = applet::ChipState::born();
  state.pin(PinId::user_authentication) = applet::StoredPin::make(PinId::user_authentication, view("4711"));
  return state;
}

class CardFiles : public ::testing::Test {
 protected:
  CardFiles() {
    std::string name = (fs::temp_directory_path() / "shomei-card-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ / "a.card";
  }
  ~CardFiles() override { fs::remove_all(folder_); }

  static std::string say(CardFile& card, std::string_view command) {
    return to_hex(card.chip().respond(from_hex(command).value()));
  }
  // Closed again.
  void make_card() { EXPECT_TRUE(CardFile::create(path_, id_, key_, with_pin())); }
  Bytes content() const { return files::read_file(path_, 100'000).value(); }

  fs::path folder_;
  fs::path path_;
  CardId id_ = CardId::parse("card-0001").value();
  SecretBytes key_ = crypto::random_secret(crypto::kSealKeyBytes);
};

TEST_F(CardFiles, KeepsItsStateWhenItIsClosed) {
  make_card();
  for (const char* answer : {"63c2", "63c1"}) {
    auto card = CardFile::open(path_, id_, key_).value();
    say(*card, kSelectJpki);
    EXPECT_EQ(say(*card, kWrongPin), answer);
  }
  auto card = CardFile::open(path_, id_, key_).value();
  say(*card, kSelectJpki);
  EXPECT_EQ(say(*card, "00200098"), "63c1");
  EXPECT_EQ(say(*card, kRightPin), "9000");
  EXPECT_EQ(card->id(), id_);
}

TEST_F(CardFiles, HasTheMagicLineAndNothingElseToRead) {
  make_card();
  const std::string text = to_text(content());
  EXPECT_TRUE(text.starts_with("SHOMEI-CARD 2\n"));
  EXPECT_EQ(text.find(id_.text()), std::string::npos);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CardFiles, IsInOneReaderAtATime) {
  auto card = CardFile::create(path_, id_, key_, with_pin()).value();
  const auto second = CardFile::open(path_, id_, key_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, Fault::conflict);
  EXPECT_EQ(second.error().code, "card_in_use");
  EXPECT_EQ(second.error().parameter("path"), path_.string());
  say(*card, kSelectJpki);
  say(*card, kRightPin);  // the file is another one now, the lock is the same
  EXPECT_FALSE(CardFile::open(path_, id_, key_));
  card.reset();
  EXPECT_TRUE(CardFile::open(path_, id_, key_));
}

TEST_F(CardFiles, IsNotMadeTwice) {
  make_card();
  EXPECT_EQ(CardFile::create(path_, id_, key_, with_pin()).error().code, "file_exists");
  EXPECT_TRUE(CardFile::open(path_, id_, key_));
}

TEST_F(CardFiles, OpensWithItsKeyAndItsNameAlone) {
  make_card();
  const auto other_key = crypto::random_secret(crypto::kSealKeyBytes);
  EXPECT_EQ(CardFile::open(path_, id_, other_key).error().code, "seal_broken");
  EXPECT_EQ(CardFile::open(path_, CardId::parse("card-0002").value(), key_).error().code, "seal_broken");
  EXPECT_EQ(CardFile::open(folder_ / "none.card", id_, key_).error().code, "file_missing");
}

TEST_F(CardFiles, IsRefusedWhenAnyByteIsCutOrBent) {
  make_card();
  const Bytes whole = content();
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    ASSERT_TRUE(files::replace_file(path_, ByteView(whole).first(at)));
    EXPECT_FALSE(CardFile::open(path_, id_, key_)) << at;
    Bytes bent = whole;
    bent[at] ^= 0x20;
    ASSERT_TRUE(files::replace_file(path_, bent));
    EXPECT_FALSE(CardFile::open(path_, id_, key_)) << at;
  }
  ASSERT_TRUE(files::replace_file(path_, view("SHOMEI-CARD 3\n")));
  EXPECT_EQ(CardFile::open(path_, id_, key_).error().code, "card_file_magic");
  ASSERT_TRUE(files::replace_file(path_, whole));
  EXPECT_TRUE(CardFile::open(path_, id_, key_));
}

TEST_F(CardFiles, ADiskThatIsGoneIsAMemoryFailure) {
  auto card = CardFile::create(path_, id_, key_, with_pin()).value();
  say(*card, kSelectJpki);
  fs::rename(folder_, folder_.string() + "-gone");
  EXPECT_EQ(say(*card, kRightPin), "6581");
  fs::rename(folder_.string() + "-gone", folder_);
  EXPECT_EQ(say(*card, kRightPin), "9000");
}

}  // namespace
}  // namespace shomei::card::file
