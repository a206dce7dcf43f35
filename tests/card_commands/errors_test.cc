// Errors of the card commands as a person and a script meet them.
#include "tests/card_commands/readers_testing.h"

namespace shomei::app {
namespace {

using texts::Language;

struct Told {
  std::string_view code, family, en, ja;
  int exit_code;
};

void expect_told(const Result<cli::Output>& outcome, const Told& told) {
  ASSERT_EQ(code(outcome), told.code);
  EXPECT_EQ(outcome.error().parameter("family"), told.family);
  EXPECT_EQ(cli::exit_code(outcome.error().fault), told.exit_code);
  const auto en = cli::error_text(outcome.error(), Language::en);
  const auto ja = cli::error_text(outcome.error(), Language::ja);
  EXPECT_NE(en.find(told.en), std::string::npos) << en;
  EXPECT_NE(ja.find(told.ja), std::string::npos) << ja;
}

TEST_F(CardCommands, WithoutTheServiceSayWhatToStart) {
  insert("A");
  script.stop_service();
  const Told told{"pcsc_service_missing", "retryable", "install pcscd and start it", "pcscd を入れて起動", 3};
  expect_told(run("card sign", signing("pin")), told);
  expect_told(run("card change-pin", changing("pin")), told);
  expect_told(run("card info", {}), told);
  expect_told(run("card read", {{"what", "attributes"}, {"pin", path("pin")}}), told);
}

TEST_F(CardCommands, WithoutAReaderSaySo) {
  const Told told{"reader_none", "retryable", "There is no card reader", "カードリーダーがありません", 1};
  expect_told(run("card sign", signing("pin")), told);
  expect_told(run("card info", {}), told);
}

TEST_F(CardCommands, WithAnEmptyReaderNameIt) {
  script.add_reader("A");
  const Told told{"card_missing", "retryable", "There is no card in \"A\"", "「A」にカードがありません", 3};
  expect_told(run("card sign", signing("pin")), told);
  expect_told(run("card info", {}), told);
}

TEST_F(CardCommands, ReadOneThingInOneWay) {
  auto& card = insert("A");
  const auto two =
      run("card read", {{"what", "attributes"}, {"pin", path("pin")}, {"reference-b", path("pin")}});
  EXPECT_EQ(code(two), "card_read_two_ways");
  EXPECT_EQ(cli::exit_code(two.error().fault), 2);
  EXPECT_EQ(card.tries_left(card::Kind::user_authentication), 3U);
}

TEST_F(CardCommands, OptionsOfCmsWantCms) {
  insert("A");
  for (const char* option : {"pem", "signing-time"}) {
    auto values = signing("pin");
    values[option] = "";
    EXPECT_EQ(code(run("card sign", values)), "card_cms_option");
  }
}

// The PIN would be spent on a card that is then not read.
TEST_F(CardCommands, ARootThatIsNoKeyIsRefusedBeforeAnythingIsSent) {
  unsigned transmitted = 0;
  auto& card = insert("A");
  card.lies = [&](ByteView) {
    ++transmitted;
    return std::optional<Bytes>();
  };
  for (const char* what : {"attributes", "number", "age"}) {
    const char* way = std::string_view(what) == "age" ? "birth-date" : "pin";
    const auto read = run("card read", {{"what", what}, {way, path("pin")}, {"root", path("letter")}});
    ASSERT_FALSE(read);
    EXPECT_EQ(cli::exit_code(read.error().fault), 2) << code(read);
    EXPECT_EQ(read.error().parameter("file"), path("letter"));
  }
  EXPECT_EQ(transmitted, 0U);
}

TEST_F(CardCommands, AFileWhoseNameIsNoUtf8IsWrittenAndTold) {
  insert("A");
  auto values = signing("pin");
  values["out"] = path("\xff.sig");
  const auto made = run("card sign", values);
  ASSERT_EQ(code(made), "no error");
  EXPECT_NE(made->json.find("\uFFFD.sig"), std::string::npos) << made->json;
  EXPECT_EQ(code(run("card certificate", {{"kind", "user_authentication"}, {"out", path("\xff.cer")}})),
            "no error");
}

}  // namespace
}  // namespace shomei::app
