// What published clients say to a card (tests/vectors/card-traces) and what OpenSC was recorded to say,
// played to a chip; and what our own client says, recorded and played to another one.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "card/client/survey.h"
#include "card/traces/recorder.h"
#include "card/traces/replay.h"
#include "tests/card/made_card.h"

namespace shomei::card::traces {
namespace {

namespace fs = std::filesystem;

std::vector<Step> read(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return parse_trace(text.str()).value();
}

std::vector<fs::path> traces_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() != ".md") paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

ReplayOptions with_pins(bool words_only = false) {
  ReplayOptions options{.words_only = words_only, .sign = true};
  options.pins[index_of(Kind::user_authentication)] = SecretBytes::of_text("1234");
  options.pins[index_of(Kind::signature)] = SecretBytes::of_text("ABC123");
  return options;
}

void expect_same(const Result<Outcome>& outcome, const fs::path& path) {
  ASSERT_TRUE(outcome) << path << outcome.error().code;
  EXPECT_EQ(outcome->stop, Stop::none) << path << " line " << outcome->stopped_line;
  ASSERT_FALSE(outcome->difference) << path << " line " << outcome->difference->line << ": "
                                    << outcome->difference->expected << ", found "
                                    << outcome->difference->found;
}

class ReplayedToAChip : public ::testing::Test {
 protected:
  MadeCard card_;
  applet::ChipTransport transport_{card_.chip};
};

TEST_F(ReplayedToAChip, PublishedClientsFindTheirCard) {
  const auto paths = traces_in(SHOMEI_VECTORS "/card-traces");
  ASSERT_EQ(paths.size(), 3U);
  for (const auto& path : paths) {
    card_.chip.reset();
    expect_same(replay(read(path), transport_, with_pins()), path);
  }
}

// The recording card knew no GET DATA, and this one has a card manager that says what it has not.
std::vector<Step> without_get_data(std::vector<Step> steps) {
  std::erase_if(steps, [](const Step& step) {
    return !step.power && (step.command.bytes[1] == 0xCA || step.command.bytes[1] == 0xCB);
  });
  return steps;
}

// Two of the recordings are of a card that was lax (their README), and differ where that is.
TEST_F(ReplayedToAChip, OpenScFindsItsCardByTheStatusWords) {
  for (const auto& path : traces_in(SHOMEI_VECTORS "/opensc-traces")) {
    card_.chip.reset();
    const auto outcome = replay(without_get_data(read(path)), transport_, with_pins(true));
    const auto stem = path.stem();
    if (stem == "pkcs11-tool_-L_and_-O" || stem == "pkcs11-tool_slot1_login_-O") {
      ASSERT_TRUE(outcome && outcome->difference) << path;
      EXPECT_EQ(outcome->difference->found, "6982");
      continue;
    }
    ASSERT_TRUE(outcome) << path;
    EXPECT_GT(outcome->compared, 20U);
    EXPECT_FALSE(outcome->difference) << path << " line " << outcome->difference->line;
  }
}

TEST_F(ReplayedToAChip, OurOwnClientIsRecordedWithoutItsSecrets) {
  std::string text(kTraceHeading);
  Recorder recorder(transport_, PersonalData::masked, [&](const std::string& lines) { text += lines; });
  client::Terminal terminal(recorder);
  ASSERT_TRUE(client::survey(recorder));
  ASSERT_TRUE(terminal.select_jpki());
  ASSERT_TRUE(terminal.token_info());
  ASSERT_TRUE(terminal.verify(Kind::signature, SecretBytes::of_text("abc123")));
  ASSERT_TRUE(terminal.certificate(Kind::signature));
  ASSERT_TRUE(terminal.sign_sha256(Kind::signature, view("m")));
  EXPECT_EQ(text.find(to_hex(view("ABC123"))), std::string::npos);
  EXPECT_EQ(text.find("cececece"), std::string::npos) << "the certificate's content";
  MadeCard other;
  applet::ChipTransport to_other(other.chip);
  expect_same(replay(parse_trace(text).value(), to_other, with_pins(true)), "our own");
  other.chip.reset();
  const auto without_pin =
      replay(parse_trace(text).value(), to_other, {.pins = {}, .words_only = true, .sign = true});
  ASSERT_TRUE(without_pin);
  EXPECT_EQ(without_pin->stop, Stop::pin_needed);
}

TEST_F(ReplayedToAChip, AWrongPinIsSentOnce) {
  auto options = with_pins();
  options.pins[index_of(Kind::user_authentication)] = SecretBytes::of_text("9999");
  const auto outcome = replay(read(SHOMEI_VECTORS "/card-traces/myna-sign.trace"), transport_, options);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "pin_wrong");
  EXPECT_EQ(outcome.error().parameter("tries"), "2");
}

}  // namespace
}  // namespace shomei::card::traces
