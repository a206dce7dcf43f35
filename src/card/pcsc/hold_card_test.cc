// A card that another process does not give up.
#include "card/pcsc/hold_card.h"

#include <gtest/gtest.h>

#include <future>

#include "card/pcsc/scripted_card_testing.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

using namespace std::chrono_literals;

TEST(HoldCard, GivesTheCardBackResetWhenTheActIsDone) {
  auto& script = mock::Script::current();
  script.clear();
  script.add_reader("A");
  ScriptedCard card{from_hex("9000").value()};
  int resets = 0;
  script.insert("A", card, [&] { ++resets; });
  {
    const auto held = hold_card({}, 10s);
    ASSERT_TRUE(held) << held.error().code;
    EXPECT_EQ(held->transport->reader(), "A");
    EXPECT_EQ(script.open_transactions(), 1U);
    EXPECT_EQ(resets, 0);
  }
  EXPECT_EQ(script.open_transactions(), 0U);
  EXPECT_EQ(script.open_contexts() + script.open_cards(), 0U);
  EXPECT_EQ(resets, 1);
}

TEST(HoldCard, WaitsForAnotherProcessNoLongerThanItWasTold) {
  auto& script = mock::Script::current();
  script.clear();
  script.add_reader("A");
  ScriptedCard card{from_hex("9000").value()};
  script.insert("A", card);
  std::promise<void> other_is_done, given_back;
  script.before(mock::Call::begin_transaction, 1, [&] { other_is_done.get_future().wait(); });
  script.before(mock::Call::release_context, 1, [&] { given_back.set_value(); });
  const auto held = hold_card("A", 20ms);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, "card_busy");
  other_is_done.set_value();
  ASSERT_EQ(given_back.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(script.open_cards(), 0U);
}

}  // namespace
}  // namespace shomei::card::pcsc
