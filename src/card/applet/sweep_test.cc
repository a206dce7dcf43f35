// Every class with every instruction, against a table that was written from jpki-facts 1.4 and 1.11 and not
// from the chip.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

using Known = std::map<int, std::set<int>>;

constexpr std::string_view kSelectDomain = "00a4040c07a0000001510000";
constexpr std::string_view kSelectFace = "00a4040c0ad3921000310001010402";
constexpr std::string_view kSelectInputHelper = "00a4040c0ad3921000310001010408";
constexpr std::string_view kSelectCommon = "00a4040c0ad3921000310001010100";

const std::set<int> kIso{0x20, 0x24, 0x84, 0xA4, 0xB0};
// Known in every application, and refused.
const std::set<int> kRefused{0x06, 0x50, 0x52, 0x54, 0x8A, 0xA2, 0xFC};

std::set<int> with(std::set<int> known, std::set<int> more) {
  known.merge(more);
  return known;
}

const Known kInDomain{{0x00, with(kIso, {0xCA})}, {0x80, {0x2A, 0x50, 0xCA}}};
const Known kInJpki{{0x00, kIso}, {0x80, with(kRefused, {0x2A, 0xAE})}};
const Known kInFace{{0x00, kIso}, {0x80, with(kRefused, {0x2A, 0xAE})}};
const Known kInInputHelper = kInFace;
const Known kInCommon{{0x00, with(kIso, {0x88, 0xB2})}, {0x80, with(kRefused, {0x2A, 0x32, 0xAE})}};

// 0 when the command is known: then the answer is anything but "unknown".
int expected_word(int cla, int ins, const Known& known) {
  if (cla >= 0x40 && cla <= 0x7F) return 0x6881;
  if (cla != 0x00 && cla != 0x80 && !(cla < 0x10) && !(cla >= 0x80 && cla < 0x90)) return 0x6E00;
  if (cla & 3) return 0x6881;
  if (cla & 0x0C) return 0x6882;
  return known.at(cla).contains(ins) ? 0 : 0x6D00;
}

int word_of(TestCard& card, const Bytes& command) {
  const Bytes answer = card.chip.respond(command);
  EXPECT_EQ(answer.size(), 2U);
  return answer[0] << 8 | answer[1];
}

void sweep(TestCard& card, std::string_view select, const Known& known) {
  const bool domain = select == kSelectDomain;
  for (int cla = 0; cla < 256; ++cla) {
    for (int ins = 0; ins < 256; ++ins) {
      card.chip.reset();
      if (!select.empty()) card.expect({{select, "9000"}});
      const Bytes command{static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins), 0xFF, 0xFF};
      const int word = word_of(card, command);
      // The secured class is there once the domain is selected, and wants a channel.
      const int expected = domain && cla == 0x84 ? 0x6985 : expected_word(cla, ins, known);
      if (expected)
        ASSERT_EQ(word, expected) << select << " " << to_hex(command);
      else
        ASSERT_TRUE(word != 0x6D00 && word != 0x6E00 && word != 0x9000 && word != 0x6F00)
            << select << " " << to_hex(command) << " " << word;
    }
  }
}

TEST(Sweep, OfACardInUseInEachApplication) {
  TestCard card;
  sweep(card, "", kInDomain);
  sweep(card, kSelectDomain, kInDomain);
  sweep(card, kSelectJpki, kInJpki);
  sweep(card, kSelectFace, kInFace);
  sweep(card, kSelectInputHelper, kInInputHelper);
  sweep(card, kSelectCommon, kInCommon);
}

TEST(Sweep, OfACardThatIsBeingPersonalised) {
  auto state = complete_state();
  state.phase = Phase::personalisation;
  TestCard card(state);
  sweep(card, kSelectJpki, kInJpki);  // nothing more without the channel
}

// Cases 1 to 4 of ISO/IEC 7816-4, short and extended, of every known command: what is longer or shorter than
// the command wants is a wrong length, and nothing is done. A command that is refused in any case is refused
// whatever its form.
struct Shape {
  std::vector<std::string_view> before;  // is 9000 each
  std::string_view header;
  std::string_view allowed;  // of 1, 2, 3 and 4, and of the extended forms b, c, d of the last three
  std::string_view word;     // how an allowed one ends; an x is any digit
};

const Shape kShapes[] = {
    {{kSelectJpki}, "00a4040c", "34cd", "6a82"},  // there is no application of that one byte
    {{kSelectJpki, "00a4020c02000a"}, "00b00000", "2b", "9000"},
    {{kSelectJpki}, "00200098", "12b34cd", "63cx"},  // a question without data, a try with them
    {{kSelectJpki}, "00240198", "34cd", "6982"},
    {{kSelectJpki}, "00840000", "2b", "9000"},
    // The signature has 256 bytes, and only the extended Le of 272 is enough.
    {{kSelectJpki, "002000980434373131"}, "802a0097", "d", "9000"},
    {{kSelectJpki}, "80ae0000", "12b34cd", "6982"},
    {{}, "00ca5f51", "2b", "9000"},
    {{kSelectCommon}, "00b2010c", "2b", "9000"},
    {{kSelectCommon}, "8032009c", "34cd", "6984"},
    {{kSelectCommon}, "00880000", "12b34cd", "6a88"},
};

bool ends_as(std::string_view answer, std::string_view word) {
  const auto end = answer.substr(answer.size() - word.size());
  return std::ranges::equal(end, word, [](char c, char wanted) { return wanted == 'x' || c == wanted; });
}

TEST(Sweep, OfTheFourCasesShortAndExtended) {
  constexpr std::string_view kCases[][2] = {
      {"1", ""},       {"2", "10"},       {"3", "0101"},        {"4", "010110"},
      {"b", "000010"}, {"c", "00000101"}, {"d", "000001010110"}};
  auto state = complete_state();
  state.files[{ApplicationId::common, 0x0001}] = from_hex("011c").value();
  for (const auto& shape : kShapes)
    for (const auto& [name, body] : kCases) {
      TestCard card(state);
      for (const auto before : shape.before) card.expect({{before, "9000"}});
      const std::string answer = card.say(std::string(shape.header) + std::string(body));
      const bool taken = shape.allowed.find(name) != std::string_view::npos;
      EXPECT_TRUE(taken ? ends_as(answer, shape.word) : answer == "6700")
          << shape.header << body << " " << answer;
    }
}

}  // namespace
}  // namespace shomei::card::applet
