// Where a PIN goes, and what is said of it when no answer comes.
#include "card/instruction.h"
#include "tests/card_commands/readers_testing.h"

namespace shomei::app {
namespace {

using card::Kind;

constexpr auto kAuth = Kind::user_authentication;

// Whose card it is, only its holder knows.
TEST_F(CardCommands, APinThatIsNotTypedIsSentToNoneOfSeveralCards) {
  auto& first = insert("A");
  auto& second = insert("B");
  EXPECT_EQ(code(run("card sign", signing("wrong"))), "card_several");
  EXPECT_EQ(code(run("card change-pin", changing("wrong"))), "card_several");
  for (const char* command : {"card verify", "card certificate"})
    EXPECT_EQ(code(run(command, {{"kind", "signature"}, {"pin", path("wrong")}, {"out", path("out")}})),
              "card_several");
  EXPECT_EQ(code(run("card info", {{"with-signature-certificate", ""}, {"pin", path("wrong")}})),
            "card_several");
  write("trace", "# shomei card trace 1\n*\n");
  EXPECT_EQ(code(run("card replay", {{"trace", path("trace")}, {"pin", path("wrong")}})), "card_several");
  EXPECT_EQ(first.tries_left(kAuth), 3U);
  EXPECT_EQ(second.tries_left(kAuth), 3U);
  auto of_second = signing("wrong");
  of_second["reader"] = "B";
  EXPECT_EQ(code(run("card sign", of_second)), "pin_wrong");
  EXPECT_EQ(first.tries_left(kAuth), 3U);
  EXPECT_EQ(second.tries_left(kAuth), 2U);
}

// Between the two ends another process could sign with it.
TEST_F(CardCommands, NoPinIsVerifiedAnyMoreWhenOthersMayUseTheCard) {
  auto& card = insert("A");
  bool signs = true;
  script.before(card::pcsc::mock::Call::disconnect, 1,
                [&] { signs = card::client::Terminal(card).sign_sha256(kAuth, view("theirs")).has_value(); });
  ASSERT_EQ(code(run("card sign", signing("pin"))), "no error");
  EXPECT_FALSE(signs);
}

TEST_F(CardCommands, ACardTakenOutBeforeItAnswersToAPinMayHaveLostATry) {
  auto& card = insert("A");
  card.lost_after = card::ins::kVerify;
  const auto signed_now = run("card sign", signing("wrong"));
  ASSERT_EQ(code(signed_now), "pin_answer_lost");
  EXPECT_EQ(card.tries_left(kAuth), 2U);
  EXPECT_EQ(signed_now.error().parameter("family"), "fatal");
  EXPECT_EQ(signed_now.error().parameter("cause"), "card_gone");
  EXPECT_EQ(cli::exit_code(signed_now.error().fault), 3);
  EXPECT_NE(cli::error_text(signed_now.error(), texts::Language::en).find("a try may be gone"),
            std::string::npos);
  EXPECT_NE(cli::error_text(signed_now.error(), texts::Language::ja).find("減ったおそれ"), std::string::npos);
}

TEST_F(CardCommands, ACardTakenOutBeforeItAnswersToANewPinMayHoldIt) {
  auto& card = insert("A");
  card.lost_after = card::ins::kChangeReferenceData;
  const auto changed = run("card change-pin", changing("pin"));
  ASSERT_EQ(code(changed), "new_pin_answer_lost");
  EXPECT_EQ(changed.error().parameter("family"), "fatal");
  EXPECT_EQ(cli::exit_code(changed.error().fault), 3);
  EXPECT_NE(cli::error_text(changed.error(), texts::Language::en).find("may hold already"),
            std::string::npos);
  EXPECT_NE(cli::error_text(changed.error(), texts::Language::ja).find("すでに変更された"),
            std::string::npos);
  card.lost_after = 0;
  EXPECT_EQ(code(run("card sign", signing("new-pin"))), "no error");
}

// What goes wrong before a PIN is on its way has cost nothing.
TEST_F(CardCommands, ACardTakenOutBeforeThePinWasSentCanBeTriedAgain) {
  auto& card = insert("A");
  card.lost_after = card::ins::kSelect;
  auto values = signing("wrong");
  values["reader"] = "A";
  const auto gone = run("card sign", values);
  ASSERT_EQ(code(gone), "card_gone");
  EXPECT_EQ(gone.error().parameter("family"), "retryable");
  EXPECT_EQ(card.tries_left(kAuth), 3U);
}

TEST_F(CardCommands, APinFromTwoPlacesIsRefusedBeforeItIsSent) {
  auto& card = insert("A");
  auto values = signing("wrong");
  values["pin-fd"] = "0";
  EXPECT_EQ(code(run("card sign", values)), "pin_given_twice");
  auto both_new = changing("pin");
  both_new["new-pin-fd"] = "0";
  EXPECT_EQ(code(run("card change-pin", both_new)), "pin_given_twice");
  EXPECT_EQ(card.tries_left(kAuth), 3U);
}

TEST_F(CardCommands, ACardWithoutACertificateIsNotCalledBlocked) {
  insert("A", card::CardKind::child);
  auto values = signing("pin");
  values["kind"] = "signature";
  EXPECT_EQ(code(run("card sign", values)), "certificate_absent");
  auto change = changing("pin");
  write("pin", "ABC123");
  write("new-pin", "XYZ789");
  change["kind"] = "signature";
  EXPECT_EQ(code(run("card change-pin", change)), "certificate_absent");
}

}  // namespace
}  // namespace shomei::app
