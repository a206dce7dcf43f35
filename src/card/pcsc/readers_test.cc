// The watch over a scripted pcscd.
#include <gtest/gtest.h>
#include <winscard.h>

#include "card/pcsc/readers.h"
#include "card/pcsc/scripted_card_testing.h"
#include "tests/support/pcsc/script.h"

namespace shomei::card::pcsc {
namespace {

using namespace std::chrono_literals;

class PcscWatch : public ::testing::Test {
 protected:
  PcscWatch() { script.clear(); }
  // "reader_added A; card_inserted A"
  static std::string told(ReaderWatch& watch, std::chrono::milliseconds patience = 0ms) {
    const auto events = watch.wait(patience);
    if (!events) return std::string(events.error().code);
    std::string all;
    for (const auto& event : *events)
      all += (all.empty() ? "" : "; ") + std::string(name(event.happened)) + " " + event.reader;
    return all;
  }
  mock::Script& script = mock::Script::current();
  ScriptedCard card{from_hex("9000").value()};
};

TEST_F(PcscWatch, BeginsWithWhatIsThere) {
  script.add_reader("A");
  script.add_reader("B");
  script.insert("B", card);
  ReaderWatch watch;
  EXPECT_EQ(told(watch), "reader_added A; reader_added B; card_inserted B");
  EXPECT_EQ(told(watch, 5s), "");
}

TEST_F(PcscWatch, TellsCardsAndReadersThatComeAndGoWhileItWaits) {
  ReaderWatch watch;
  EXPECT_EQ(told(watch), "");
  script.while_waiting([&] { script.add_reader("A"); });
  EXPECT_EQ(told(watch, 1s), "reader_added A");
  script.while_waiting([&] { script.insert("A", card); });
  EXPECT_EQ(told(watch, 1s), "card_inserted A");
  script.while_waiting([&] { script.take_out("A"); });
  EXPECT_EQ(told(watch, 1s), "card_removed A");
  script.insert("A", card);
  EXPECT_EQ(told(watch, 1s), "card_inserted A");
  script.remove_reader("A");
  EXPECT_EQ(told(watch, 1s), "card_removed A; reader_removed A");
}

TEST_F(PcscWatch, MissesNoCardThatWasReplacedBetweenTwoLooks) {
  script.add_reader("A");
  script.insert("A", card);
  ReaderWatch watch;
  told(watch);
  script.take_out("A");
  script.insert("A", card);
  EXPECT_EQ(told(watch), "card_removed A; card_inserted A");
}

TEST_F(PcscWatch, OutlivesTheService) {
  script.add_reader("A");
  script.insert("A", card);
  ReaderWatch watch;
  told(watch);
  script.stop_service();
  EXPECT_EQ(told(watch, 1s), "card_removed A; reader_removed A");
  EXPECT_EQ(told(watch, 1s), "pcsc_service_missing");
  script.start_service();
  EXPECT_EQ(told(watch, 1s), "reader_added A; card_inserted A");
}

TEST_F(PcscWatch, LeavesOutAReaderThatGoesWhileItLooks) {
  script.add_reader("A");
  script.add_reader("B");
  script.before(mock::Call::get_status_change, 1, [&] { script.remove_reader("A"); });
  ReaderWatch watch;
  EXPECT_EQ(told(watch), "reader_added B");
}

TEST_F(PcscWatch, SaysWhetherACardIsHeldOrMute) {
  script.add_reader("A");
  script.insert("A", card);
  script.reader("A").held = true;
  script.reader("A").mute = true;
  const auto states = reader_states();
  ASSERT_TRUE(states);
  ASSERT_EQ(states->size(), 1U);
  EXPECT_TRUE(states->front().card_present && states->front().card_mute);
  EXPECT_TRUE(states->front().in_use && states->front().exclusive);
  EXPECT_EQ(to_hex(states->front().atr), "3b80800101");
  EXPECT_EQ(script.open_contexts(), 0U);
}

}  // namespace
}  // namespace shomei::card::pcsc
