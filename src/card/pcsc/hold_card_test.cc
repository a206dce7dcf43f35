// A card that another process does not give up.
#include "card/pcsc/hold_card.h"

#include <gtest/gtest.h>
#include <winscard.h>

#include <future>
#include <thread>

#include "card/pcsc/scripted_card_testing.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

using namespace std::chrono_literals;

// In the one reader there is, and how often it was reset.
struct OneCard {
  OneCard() {
    script.clear();
    script.add_reader("A");
    script.insert("A", card, [this] { ++resets; });
  }
  mock::Script& script = mock::Script::current();
  ScriptedCard card{from_hex("9000").value()};
  int resets = 0;
};

TEST(HoldCard, IsGivenBackAsItIsUnlessAPinWasVerified) {
  OneCard there;
  auto& script = there.script;
  for (const bool verifies : {false, true}) {
    {
      const auto held = hold_card({}, 10s);
      ASSERT_TRUE(held) << held.error().code;
      EXPECT_EQ(held->transport->reader(), "A");
      EXPECT_EQ(script.open_transactions(), 1U);
      if (verifies) held->transport->reset_at_end();
      EXPECT_EQ(there.resets, 0);
    }
    EXPECT_EQ(script.open_transactions(), 0U);
    EXPECT_EQ(script.open_contexts() + script.open_cards(), 0U);
    EXPECT_EQ(there.resets, verifies ? 1 : 0);
  }
}

// Between the end of the transaction and that of the connection another process may come.
TEST(HoldCard, IsResetBeforeAnotherProcessCanReachTheVerifiedPin) {
  OneCard there;
  auto& script = there.script;
  int resets_seen = 0;
  script.before(mock::Call::disconnect, 1, [&] { resets_seen = there.resets; });
  {
    const auto held = hold_card("A", 10s);
    ASSERT_TRUE(held) << held.error().code;
    held->transport->reset_at_end();
  }
  EXPECT_EQ(resets_seen, 1);
  EXPECT_EQ(there.resets, 1) << "once is enough";
}

// When pcscd does not take the end of the transaction, the end of the connection is left.
TEST(HoldCard, IsResetAtTheEndOfTheConnectionWhenTheTransactionCouldNot) {
  OneCard there;
  auto& script = there.script;
  {
    const auto held = hold_card("A", 10s);
    ASSERT_TRUE(held) << held.error().code;
    held->transport->reset_at_end();
    script.fail(mock::Call::end_transaction, 1, SCARD_F_COMM_ERROR);
  }
  EXPECT_EQ(there.resets, 1);
}

TEST(HoldCard, IsLetGoWhileAPersonThinksAndHeldAgain) {
  auto& script = mock::Script::current();
  script.clear();
  script.add_reader("A");
  ScriptedCard card{from_hex("9000").value()};
  script.insert("A", card);
  auto held = hold_card("A", 10s);
  ASSERT_TRUE(held);
  held->let_go();
  EXPECT_EQ(script.open_transactions(), 0U);
  EXPECT_EQ(script.open_cards(), 1U);
  ASSERT_TRUE(hold_again(*held, 10s));
  EXPECT_EQ(script.open_transactions(), 1U);
  held->let_go();
  script.take_out("A");
  script.insert("A", card);
  const auto another = hold_again(*held, 10s);
  ASSERT_FALSE(another);
  EXPECT_EQ(another.error().code, "card_gone");
}

// Whoever looks for a card touches those of others as little as can be, and waits for none of them.
TEST(HoldCard, FindsItsCardBehindOthers) {
  auto& script = mock::Script::current();
  script.clear();
  for (const char* reader : {"A", "B", "C"}) script.add_reader(reader);
  ScriptedCard busy{from_hex("9000").value()}, foreign{from_hex("6f009000").value()},
      ours{from_hex("9000").value()};
  int resets = 0;
  script.insert("A", busy, [&] { ++resets; });
  script.insert("B", foreign, [&] { ++resets; });
  script.insert("C", ours, [&] { ++resets; });
  std::promise<void> other_is_done, given_back;
  script.before(mock::Call::begin_transaction, 1, [&] { other_is_done.get_future().wait(); });
  {
    const auto held = hold_card({}, 10s);
    ASSERT_TRUE(held) << held.error().code;
    EXPECT_EQ(held->transport->reader(), "C");
  }
  script.before(mock::Call::release_context, 1, [&] { given_back.set_value(); });
  other_is_done.set_value();
  ASSERT_EQ(given_back.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(resets, 0);
}

TEST(HoldCard, NamesTheReaderThatItWaitedForInVain) {
  auto& script = mock::Script::current();
  script.clear();
  script.add_reader("A");
  ScriptedCard card{from_hex("9000").value()};
  script.insert("A", card);
  std::promise<void> other_is_done, given_back;
  script.before(mock::Call::begin_transaction, 1, [&] { other_is_done.get_future().wait(); });
  script.before(mock::Call::release_context, 2, [&] { given_back.set_value(); });
  const auto held = hold_card({}, 0s);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, "card_busy");
  EXPECT_EQ(held.error().parameter("reader"), "A");
  other_is_done.set_value();
  ASSERT_EQ(given_back.get_future().wait_for(10s), std::future_status::ready);
}

// To wait no time is not to fail at once.
TEST(HoldCard, ThatIsFreeIsHeldWithoutWaiting) {
  auto& script = mock::Script::current();
  script.clear();
  script.add_reader("A");
  ScriptedCard card{from_hex("9000").value()};
  script.insert("A", card);
  script.before(mock::Call::connect, 1, [] { std::this_thread::sleep_for(50ms); });
  for (const char* reader : {"A", ""}) EXPECT_TRUE(hold_card(reader, 0s));
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
