// The wrapper over a scripted pcscd: readers, cards that come and go, answers of any length.
#include <gtest/gtest.h>
#include <winscard.h>

#include "base/secret.h"
#include "card/apdu.h"
#include "card/client/terminal.h"
#include "card/pcsc/pcsc_transport.h"
#include "card/pcsc/scripted_card_testing.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

using mock::Call;
using mock::Script;

class PcscConnection : public ::testing::Test {
 protected:
  PcscConnection() {
    script.clear();
    script.add_reader("A");
    script.add_reader("B");
  }
  ~PcscConnection() override {
    EXPECT_EQ(script.open_contexts(), 0U);
    EXPECT_EQ(script.open_cards(), 0U);
  }
  Script& script = Script::current();
  ScriptedCard jpki{from_hex("9000").value()};
  ScriptedCard other{from_hex("6a82").value()};
};

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST_F(PcscConnection, FindsTheCardByItsApplicationInWhicheverReader) {
  script.insert("A", other);
  script.insert("B", jpki);
  script.reader("B").atr = from_hex("3b00").value();  // no ATR of any such card
  const auto transport = PcscTransport::connect();
  ASSERT_TRUE(transport) << code(transport);
  EXPECT_EQ((*transport)->reader(), "B");
}

TEST_F(PcscConnection, LeavesTheCardsThatItDoesNotUse) {
  int resets_of_other = 0, resets = 0;
  script.insert("A", other, [&] { ++resets_of_other; });
  script.insert("B", jpki, [&] { ++resets; });
  { const auto transport = PcscTransport::connect(); }
  EXPECT_EQ(resets_of_other, 0);
  EXPECT_EQ(resets, 1);
}

TEST_F(PcscConnection, TellsTheTroubleThatIsMoreThanAnEmptyReader) {
  EXPECT_EQ(code(PcscTransport::connect()), "card_missing");
  script.insert("B", other);
  EXPECT_EQ(code(PcscTransport::connect()), "not_a_jpki_card");
  script.insert("B", jpki);
  script.reader("B").held = true;
  EXPECT_EQ(code(PcscTransport::connect()), "card_busy");
  script.reader("B").held = false;
  script.reader("B").mute = true;
  EXPECT_EQ(code(PcscTransport::connect()), "card_mute");
  script.remove_reader("A");
  script.remove_reader("B");
  EXPECT_EQ(code(PcscTransport::connect()), "reader_none");
  script.stop_service();
  EXPECT_EQ(code(PcscTransport::connect()), "pcsc_service_missing");
  script.start_service();
  EXPECT_EQ(code(PcscTransport::connect()), "reader_none");
}

TEST_F(PcscConnection, TakesAListOfReadersThatGrowsBetweenTwoCalls) {
  script.before(Call::list_readers, 2, [&] { script.add_reader("a reader with a long name"); });
  script.before(Call::list_readers, 4, [&] { script.add_reader("one more"); });
  const auto readers = list_readers();
  ASSERT_TRUE(readers);
  EXPECT_EQ(*readers, (std::vector<std::string>{"A", "B", "a reader with a long name", "one more"}));
}

TEST_F(PcscConnection, GivesUpOnAListThatGrowsWithoutEnd) {
  for (unsigned call = 2; call < 60; call += 2)
    script.before(Call::list_readers, call, [this, call] { script.add_reader(std::string(call, 'x')); });
  EXPECT_EQ(code(list_readers()), "pcsc_failed");
}

TEST_F(PcscConnection, ToAListThatBecomesEmptyInBetweenIsNoReader) {
  script.before(Call::list_readers, 2, [&] {
    script.remove_reader("A");
    script.remove_reader("B");
  });
  const auto readers = list_readers();
  ASSERT_TRUE(readers);
  EXPECT_TRUE(readers->empty());
}

TEST_F(PcscConnection, SaysWhichCardIsGoneInTheMiddleOfASignature) {
  script.insert("A", jpki);
  const auto transport = PcscTransport::connect("A");
  ASSERT_TRUE(transport);
  script.before(Call::transmit, 2, [&] { script.take_out("A"); });
  client::Terminal terminal(**transport);
  EXPECT_EQ(code(terminal.sign(Kind::user_authentication, Scheme::pad_as_given, Bytes(51))), "card_gone");
  script.insert("A", jpki);
  EXPECT_EQ(code((*transport)->transmit(Bytes{0, 0xA4, 0, 0})), "card_gone") << "it is another insertion";
}

TEST_F(PcscConnection, ReconnectsToACardThatWasReset) {
  script.insert("A", jpki);
  const auto transport = PcscTransport::connect("A", Use::shared);
  ASSERT_TRUE(transport);
  script.reset_by_another("A");
  EXPECT_EQ(code((*transport)->transmit(Bytes{0, 0xA4, 0, 0})), "card_reset");
  ASSERT_TRUE((*transport)->reconnect());
  EXPECT_TRUE((*transport)->transmit(Bytes{0, 0xA4, 0, 0}));
}

TEST_F(PcscConnection, OfAServiceThatWasEndedIsVoidAlsoWhenItRunsAgain) {
  script.insert("A", jpki);
  const auto transport = PcscTransport::connect("A");
  ASSERT_TRUE(transport);
  script.stop_service();
  EXPECT_EQ(code((*transport)->transmit(Bytes{0, 0xA4, 0, 0})), "pcsc_service_missing");
  script.start_service();
  EXPECT_EQ(code((*transport)->transmit(Bytes{0, 0xA4, 0, 0})), "pcsc_service_missing");
  EXPECT_TRUE(PcscTransport::connect("A"));
}

TEST_F(PcscConnection, BelievesNoLengthOfAnAnswer) {
  for (const std::size_t bytes : {0, 1, 258, 65'538}) {
    ScriptedCard card{Bytes(bytes, 0x90)};
    script.insert("A", card);
    const auto transport = PcscTransport::connect("A");
    ASSERT_TRUE(transport);
    const auto answer = (*transport)->transmit(Bytes{0, 0xA4, 0, 0});
    ASSERT_TRUE(answer) << bytes;
    EXPECT_EQ(answer->size(), bytes);
    EXPECT_EQ(code(client::Terminal(**transport).token_label()), "card_answer");
  }
  ScriptedCard longer{Bytes(65'539, 0x90)};
  script.insert("A", longer);
  const auto transport = PcscTransport::connect("A");
  EXPECT_EQ(code((*transport)->transmit(Bytes{0, 0xA4, 0, 0})), "pcsc_failed");
  script.insert("B", jpki);
  const auto second = PcscTransport::connect("B");
  script.claim_length(1, 100'000);
  EXPECT_EQ(code((*second)->transmit(Bytes{0, 0xA4, 0, 0})), "pcsc_failed");
}

TEST_F(PcscConnection, ResetsTheCardAtItsEndUnlessToldToLeaveIt) {
  int resets = 0;
  script.insert("A", jpki, [&] { ++resets; });
  { const auto transport = PcscTransport::connect("A"); }
  EXPECT_EQ(resets, 1);
  { const auto transport = PcscTransport::connect("A", Use::shared, AtEnd::leave_card); }
  EXPECT_EQ(resets, 1);
}

TEST_F(PcscConnection, LetsNoOtherInWhenItIsExclusive) {
  script.insert("A", jpki);
  const auto first = PcscTransport::connect("A", Use::exclusive);
  ASSERT_TRUE(first);
  const auto second = PcscTransport::connect("A", Use::shared);
  ASSERT_EQ(code(second), "card_busy");
  EXPECT_EQ(second.error().parameter("reader"), "A");
}

}  // namespace
}  // namespace shomei::card::pcsc
