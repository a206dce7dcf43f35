// The table of the PINs' states, and the chip that follows it.
#include "card/applet/pin_state.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::card::applet {
namespace {

using enum PinState;

constexpr PinState kStates[] = {unset, blocked, ready, verified, unset_opened, blocked_opened, ready_opened};
constexpr PinEvent kEvents[] = {PinEvent::right, PinEvent::wrong,  PinEvent::wrong_last, PinEvent::new_pin,
                                PinEvent::open,  PinEvent::select, PinEvent::report,     PinEvent::reset};

bool opened(PinState state) {
  return state == unset_opened || state == blocked_opened || state == ready_opened;
}

TEST(PinState, NobodyIsVerifiedWithoutTheRightPin) {
  for (const auto from : kStates)
    for (const auto event : kEvents) {
      const auto& taken = step(from, event);
      if (taken.to == verified) EXPECT_TRUE(event == PinEvent::right || from == verified);
    }
}

TEST(PinState, TriesComeBackByTheRightPinOrANewOneAlone) {
  for (const auto from : kStates)
    for (const auto event : kEvents) {
      const auto& taken = step(from, event);
      if (taken.tries != Tries::all) continue;
      EXPECT_TRUE(event == PinEvent::right || event == PinEvent::new_pin);
      EXPECT_EQ(taken.answer, PinAnswer::done);
      if (event == PinEvent::new_pin) EXPECT_TRUE(from == verified || opened(from));
    }
}

TEST(PinState, OnlyTheIssuerOpensAndOneSettingAReportOrThePowerCloses) {
  for (const auto from : kStates) {
    for (const auto event : kEvents)
      if (opened(step(from, event).to)) EXPECT_TRUE(opened(from) || event == PinEvent::open);
    EXPECT_FALSE(opened(step(from, PinEvent::reset).to));
    EXPECT_FALSE(opened(step(from, PinEvent::report).to)) << "the issuer has heard that it was not set";
    EXPECT_FALSE(opened(step(from, PinEvent::new_pin).to));
    EXPECT_EQ(opened(step(from, PinEvent::select).to), opened(from));
    EXPECT_TRUE(opened(step(from, PinEvent::open).to));
  }
}

TEST(PinState, AReportChangesNothingElse) {
  for (const auto from : kStates)
    if (!opened(from)) EXPECT_EQ(step(from, PinEvent::report).to, from);
}

TEST(PinState, SelectAndResetForgetWhatWasVerified) {
  for (const auto event : {PinEvent::select, PinEvent::reset}) EXPECT_EQ(step(verified, event).to, ready);
}

TEST(PinState, ABlockedPinStaysBlockedWithoutTheIssuer) {
  for (const auto event : kEvents)
    if (event != PinEvent::open) EXPECT_EQ(step(blocked, event).to, blocked);
}

}  // namespace
}  // namespace shomei::card::applet
