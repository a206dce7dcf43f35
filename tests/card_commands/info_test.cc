// What `card info` and its like tell of cards that are as they should be, and of others.
#include <nlohmann/json.hpp>
#include <regex>

#include "card/application.h"
#include "tests/card_commands/readers_testing.h"

namespace shomei::app {
namespace {

using card::FileId;
using nlohmann::json;
using texts::Language;

// SELECT of that file is answered so.
auto without_file(FileId id) {
  return [id](ByteView command) -> std::optional<Bytes> {
    const bool selects = command.size() >= 7 && command[1] == 0xA4 && command[2] == 0x02 &&
                         command[5] == id >> 8 && command[6] == (id & 0xFF);
    return selects ? std::optional(Bytes{0x6A, 0x82}) : std::nullopt;
  };
}

class CardInfo : public CardCommands {
 protected:
  json info(Values values = {}) const {
    const auto told = run("card info", std::move(values));
    EXPECT_EQ(code(told), "no error");
    return told ? json::parse(told->json) : json::object();
  }
  static std::string error_in(const json& part) {
    return part.contains("error") ? part["error"]["code"].get<std::string>() : "none";
  }
};

TEST_F(CardInfo, OfACardWithoutTheListOfItsCertificatesTellsTheRest) {
  insert("A").lies = without_file(card::file_id::kAvailability);
  const auto told = info();
  for (const char* kind : {"signature", "user_authentication"}) {
    EXPECT_TRUE(told[kind]["present"].is_null());
    EXPECT_EQ(error_in(told[kind]), "not_a_jpki_card");
    EXPECT_EQ(told[kind]["error"]["family"], "fatal");
  }
  EXPECT_EQ(told["signature"]["tries_left"], 5);
  EXPECT_EQ(told["user_authentication"]["tries_left"], 3);
  EXPECT_EQ(told["user_authentication"]["serial"], "2A51");
  EXPECT_FALSE(told["token"].is_null());
}

TEST_F(CardInfo, OfACardWithoutATokensNameTellsTheRest) {
  insert("A").lies = without_file(card::file_id::kTokenInfo);
  const auto told = info();
  EXPECT_TRUE(told["token"].is_null());
  EXPECT_EQ(error_in(told["token_info"]), "not_a_jpki_card");
  EXPECT_EQ(error_in(told["signature"]), "none");
  EXPECT_EQ(told["user_authentication"]["serial"], "2A51");
}

TEST_F(CardInfo, OfACardWithoutOneOfItsPinsTellsTheRest) {
  insert("A").lies = without_file(card::pin_file(card::Kind::signature));
  const auto told = info();
  EXPECT_TRUE(told["signature"]["tries_left"].is_null());
  EXPECT_TRUE(told["signature"]["blocked"].is_null());
  EXPECT_EQ(error_in(told["signature"]), "not_a_jpki_card");
  EXPECT_EQ(told["signature"]["present"], true);
  EXPECT_EQ(told["user_authentication"]["tries_left"], 3);
}

TEST_F(CardInfo, OfACertificateThatNobodyCanReadTellsTheTries) {
  auto state = pkcs11::issued_card();
  auto& certificate = state.of(card::Kind::user_authentication).certificate;
  certificate[20] ^= 0xFF;
  auto& card = cards["A"] = std::make_unique<CardInReader>(std::move(state));
  script.add_reader("A");
  script.insert("A", *card);
  const auto told = info();
  EXPECT_NE(error_in(told["user_authentication"]), "none");
  EXPECT_EQ(told["user_authentication"]["tries_left"], 3);
  EXPECT_EQ(told["signature"]["tries_left"], 5);
}

// The way to the card is no part of it.
TEST_F(CardInfo, OfACardThatGoesIsAnError) {
  unsigned commands = 0;
  insert("A").lies = [&](ByteView) -> std::optional<Bytes> {
    if (++commands > 20) script.take_out("A");
    return std::nullopt;
  };
  EXPECT_EQ(code(run("card info", {{"reader", "A"}})), "card_gone");
}

TEST_F(CardInfo, CallsAPinBlockedOnlyWhereThereIsSomethingToOpen) {
  insert("A", card::CardKind::child);
  const auto child = info();
  EXPECT_EQ(child["signature"]["present"], false);
  EXPECT_EQ(child["signature"]["blocked"], false);
  EXPECT_EQ(error_in(child["signature"]), "none");
  auto& card = insert("B");
  for (int tries = 0; tries < 3; ++tries) {
    auto values = signing("wrong");
    values["reader"] = "B";
    values["last-try"] = "";
    EXPECT_FALSE(run("card sign", values));
  }
  EXPECT_EQ(card.tries_left(card::Kind::user_authentication), 0U);
  EXPECT_EQ(info({{"reader", "B"}})["user_authentication"]["blocked"], true);
}

// The days that are left are of today.
std::string without_days_left(const std::string& text) {
  static const std::regex kDays("[0-9]+( days left|日)");
  return std::regex_replace(text, kDays, "N$1");
}

TEST_F(CardInfo, IsToldToPeopleInTheirLanguage) {
  insert("A");
  insert("Child", card::CardKind::child);
  script.add_reader("Empty");
  const std::string others =
      "input_helper 0, input_helper_a 0, input_helper_b 0, face_birth_date 0, face_b 0, face_a 0, common 0\n";
  const std::string own =
      "  User authentication: until 2035-11-30, N days left; of no authority that you took in (shomei card "
      "trust); 3 tries left\n";
  EXPECT_EQ(without_days_left(run("card info", {})->text),
            "Card in A (JPKIAPICCTOKEN2)\n" + own + "  Signature: certificate on the card; 5 tries left\n" +
                "  Tries left of other PINs: " + others + "Card in Child (JPKIAPICCTOKEN2)\n" + own +
                "  Signature: no certificate\n  Tries left of other PINs: " + others +
                "Reader Empty: no card\n");
  const std::string own_ja =
      "  利用者証明用: 有効期限 2035-11-30、残りN日; 登録された認証局のものではありません(shomei card "
      "trust); "
      "残り3回\n";
  EXPECT_EQ(without_days_left(run("card info", {}, Language::ja)->text),
            "カード: A (JPKIAPICCTOKEN2)\n" + own_ja + "  署名用: 証明書があります; 残り5回\n" +
                "  その他の残り回数: " + others + "カード: Child (JPKIAPICCTOKEN2)\n" + own_ja +
                "  署名用: 証明書はありません\n  その他の残り回数: " + others +
                "リーダー: Empty: カードなし\n");
}

TEST_F(CardInfo, VerifyIsToldToPeopleInTheirLanguage) {
  insert("A");
  const auto told = run("card verify", {{"kind", "user_authentication"}});
  EXPECT_EQ(told->exit_code, 1);
  EXPECT_EQ(without_days_left(told->text),
            "User authentication, 2A51: until 2035-11-30, N days left; of no authority that you took in "
            "(shomei card trust)\nWhether it was revoked was not asked.\n");
  EXPECT_EQ(
      without_days_left(run("card verify", {{"kind", "user_authentication"}}, Language::ja)->text),
      "利用者証明用, 2A51: 有効期限 2035-11-30、残りN日; 登録された認証局のものではありません(shomei card "
      "trust)\n失効しているかどうかは確かめていません。\n");
}

}  // namespace
}  // namespace shomei::app
