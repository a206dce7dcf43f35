// What lasts when the power goes or the storage fails, at each save there is.
#include <gtest/gtest.h>

#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

constexpr std::string_view kRight = "002000980434373131";
constexpr std::string_view kWrong = "002000980431323334";

ChipState state_on_disk(const TestCard& card) {
  return parse_state(card.storage.saved).value();
}

TEST(Durability, ATryIsPaidBeforeThePinIsCompared) {
  // The attacker cuts the power after each save, before an answer comes: the card starts again from what was
  // saved, and three cuts are three tries.
  ChipState state = complete_state();
  for (const unsigned left : {2U, 1U, 0U}) {
    TestCard card(state);
    card.say(kSelectJpki);
    card.storage.fails_from = 2;  // the first save is the last thing that this card does
    card.say(kWrong);
    state = state_on_disk(card);
    EXPECT_EQ(state.tries_left(PinId::user_authentication), left);
  }
  TestCard card(state);
  card.expect({{kSelectJpki, "9000"}, {kRight, "6984"}});
}

TEST(Durability, AStorageThatRefusesTellsNothingAboutThePin) {
  for (const auto& attempt : {kRight, kWrong}) {
    TestCard card;
    card.storage.fails_from = 1;
    card.expect({{kSelectJpki, "9000"}, {attempt, "6581"}, {"802a0097010100", "6982"}, {"00200098", "63c3"}});
  }
}

TEST(Durability, ARightPinWhoseCounterCannotBeRestoredIsNotVerified) {
  TestCard card;
  card.storage.fails_from = 2;
  card.expect({{kSelectJpki, "9000"}, {kRight, "6581"}, {"802a0097010100", "6982"}, {"00200098", "63c2"}});
  EXPECT_EQ(state_on_disk(card).tries_left(PinId::user_authentication), 2U);
}

TEST(Durability, TheDiskIsNeverBehindAnAnswer) {
  TestCard card;
  card.say(kSelectJpki);
  for (const auto& [command, tries] : {std::pair{kWrong, 2U}, {kWrong, 1U}, {kRight, 3U}, {kWrong, 2U}}) {
    card.say(command);
    EXPECT_EQ(state_on_disk(card).tries_left(PinId::user_authentication), tries);
    EXPECT_EQ(card.tries(kAuth), tries);
  }
}

TEST(Durability, AFailedChangeLeavesTheOldPin) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {kRight, "9000"}});
  card.storage.fails_from = card.storage.saves + 1;
  card.expect({{"002401980431323334", "6581"}});
  card.storage.fails_from = SIZE_MAX;
  card.expect({{kRight, "9000"}});
}

TEST(Durability, ReadingAndSigningSaveNothing) {
  TestCard card;
  card.expect({{kSelectJpki, "9000"}, {kRight, "9000"}});
  const auto saves = card.storage.saves;
  card.expect({{"00200098", "63c3"},
               {"802a0097010100", "*9000"},
               {"00b08a0004", "*9000"},
               {"0084000008", "*9000"},
               {"80e60000", "6d00"}});
  EXPECT_EQ(card.storage.saves, saves);
}

}  // namespace
}  // namespace shomei::card::applet
