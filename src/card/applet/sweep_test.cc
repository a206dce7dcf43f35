// Every class with every instruction, against a table that was written from jpki-facts 1.4 and 1.11 and not
// from the chip.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

const std::map<int, std::set<int>> kOperational{{0x00, {0x20, 0x24, 0x84, 0xA4, 0xB0}}, {0x80, {0x2A}}};
const std::map<int, std::set<int>> kWhilePersonalising{{0x00, {0x20, 0x24, 0x84, 0xA4, 0xB0}},
                                                       {0x80, {0x2A, 0x46, 0xD6, 0xDA, 0xE0, 0xE6}}};

// 0 when the command is known: then the answer is anything but "unknown".
int expected_word(int cla, int ins, const std::map<int, std::set<int>>& known) {
  if (cla >= 0x40 && cla <= 0x7F) return 0x6881;
  if (cla != 0x00 && cla != 0x80 && !(cla < 0x10) && !(cla >= 0x80 && cla < 0x90)) return 0x6E00;
  if (cla & 3) return 0x6881;
  if (cla & 0x0C) return 0x6882;
  return known.at(cla).contains(ins) ? 0 : 0x6D00;
}

void sweep(Phase phase, const std::map<int, std::set<int>>& known) {
  auto state = complete_state();
  state.phase = phase;
  TestCard card(state);
  for (int cla = 0; cla < 256; ++cla)
    for (int ins = 0; ins < 256; ++ins) {
      const Bytes command{static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins), 0xFF, 0xFF};
      const Bytes answer = card.chip.respond(command);
      ASSERT_EQ(answer.size(), 2U);
      const int word = answer[0] << 8 | answer[1];
      const int expected = expected_word(cla, ins, known);
      if (expected)
        ASSERT_EQ(word, expected) << to_hex(command);
      else
        ASSERT_TRUE(word == 0x6A86 || word == 0x6700 || word == 0x6986) << to_hex(command) << " " << word;
    }
}

TEST(Sweep, OfAnOperationalCard) {
  sweep(Phase::operational, kOperational);
}

TEST(Sweep, OfACardThatIsBeingPersonalised) {
  sweep(Phase::personalisation, kWhilePersonalising);
}

}  // namespace
}  // namespace shomei::card::applet
