// Transactions over a scripted pcscd: what happens to the card before, within and after.
#include <gtest/gtest.h>
#include <winscard.h>

#include "card/pcsc/scripted_card_testing.h"
#include "card/pcsc/transaction.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

using mock::Call;

class PcscTransaction : public ::testing::Test {
 protected:
  PcscTransaction() {
    script.clear();
    script.add_reader("A");
    script.insert("A", card, [this] { ++resets; });
    transport = PcscTransport::connect("A", Use::shared, AtEnd::leave_card).value();
  }
  mock::Script& script = mock::Script::current();
  ScriptedCard card{from_hex("9000").value()};
  int resets = 0;
  std::unique_ptr<PcscTransport> transport;
};

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST_F(PcscTransaction, LeavesTheCardOrResetsIt) {
  { const auto kept = Transaction::begin(*transport); }
  EXPECT_EQ(resets, 0);
  { const auto reset = Transaction::begin(*transport, AtEnd::reset_card); }
  EXPECT_EQ(resets, 1);
  EXPECT_EQ(script.open_transactions(), 0U);
  const auto next = Transaction::begin(*transport);
  ASSERT_TRUE(next);
  EXPECT_FALSE(next->card_was_reset()) << "who resets the card knows it";
}

TEST_F(PcscTransaction, EndsOnceAndSaysHow) {
  auto transaction = Transaction::begin(*transport).value();
  EXPECT_EQ(script.open_transactions(), 1U);
  EXPECT_TRUE(transaction.end());
  EXPECT_TRUE(transaction.end());
  EXPECT_EQ(script.calls(Call::end_transaction), 1U);
  auto failing = Transaction::begin(*transport).value();
  script.fail(Call::end_transaction, 1, SCARD_E_NO_SERVICE);
  EXPECT_EQ(code(failing.end()), "pcsc_service_missing");
}

TEST_F(PcscTransaction, TellsThatAnotherHasResetTheCard) {
  script.reset_by_another("A");
  {
    const auto transaction = Transaction::begin(*transport);
    ASSERT_TRUE(transaction);
    EXPECT_TRUE(transaction->card_was_reset());
    EXPECT_TRUE(transport->transmit(Bytes{0, 0xA4, 0, 0}));
  }
  EXPECT_FALSE(Transaction::begin(*transport)->card_was_reset()) << "it is told once";
}

TEST_F(PcscTransaction, TellsAResetThatACommandHasMetBefore) {
  script.reset_by_another("A");
  EXPECT_EQ(code(transport->transmit(Bytes{0, 0xA4, 0, 0})), "card_reset");
  ASSERT_TRUE(transport->reconnect());
  EXPECT_TRUE(Transaction::begin(*transport)->card_was_reset());
}

TEST_F(PcscTransaction, IsNotTriedWithoutEndOnACardThatIsResetAgainAndAgain) {
  for (unsigned call = 1; call <= 20; ++call)
    script.before(Call::begin_transaction, call, [this] { script.reset_by_another("A"); });
  EXPECT_EQ(code(Transaction::begin(*transport)), "card_reset");
  EXPECT_LE(script.calls(Call::begin_transaction), 5U);
}

TEST_F(PcscTransaction, WithoutACardSaysSo) {
  script.take_out("A");
  EXPECT_EQ(code(Transaction::begin(*transport)), "card_gone");
}

TEST_F(PcscTransaction, MovesWithoutEnding) {
  {
    auto first = Transaction::begin(*transport).value();
    const Transaction second(std::move(first));
    EXPECT_EQ(script.open_transactions(), 1U);
  }
  EXPECT_EQ(script.open_transactions(), 0U);
}

}  // namespace
}  // namespace shomei::card::pcsc
