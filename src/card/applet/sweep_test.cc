// Every class with every instruction, and every command that is known in each application and in each form,
// against tables that were written from jpki-facts 1.4 and 1.11 and docs/formats/, not from the chip.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "card/applet/test_card.h"

namespace shomei::card::applet {
namespace {

constexpr std::string_view kSelectDomain = "00a4040c07a0000001510000";
constexpr std::string_view kSelectFace = "00a4040c0ad3921000310001010402";
constexpr std::string_view kSelectInputHelper = "00a4040c0ad3921000310001010408";
constexpr std::string_view kSelectCommon = "00a4040c0ad3921000310001010100";

enum Place { kNowhere, kInDomain, kInJpki, kInFace, kInHelper, kInCommon };
constexpr std::size_t kPlaceCount = 6;
constexpr std::array<std::string_view, kPlaceCount> kSelects{"",          kSelectDomain,      kSelectJpki,
                                                             kSelectFace, kSelectInputHelper, kSelectCommon};

// The status word of one command in each place.
using Words = std::array<int, kPlaceCount>;
constexpr Words all(int word) {
  return {word, word, word, word, word, word};
}
constexpr Words in_domain(int word) {
  return {word, word, 0x6D00, 0x6D00, 0x6D00, 0x6D00};
}
constexpr Words in_applications(int word) {
  return {0x6D00, 0x6D00, word, word, word, word};
}
constexpr Words in_files(int word) {
  return {0x6986, 0x6986, word, word, word, word};
}
constexpr Words in_common(int word) {
  return {0x6D00, 0x6D00, 0x6D00, 0x6D00, 0x6D00, word};
}

struct Row {
  std::string command;
  Words words;
};

// What is known, with P1 P2 FF FF and nothing behind: of every other instruction the word is 6D00.
const Row kBare[] = {
    // Refused for their P1 or P2, or for want of an Le.
    {"0020", all(0x6A86)},
    {"0024", all(0x6A86)},
    {"0084", all(0x6A86)},
    {"00a4", all(0x6A86)},
    {"00b0", all(0x6700)},
    {"802a", all(0x6A86)},
    {"00ca", in_domain(0x6700)},
    {"80ca", in_domain(0x6700)},
    {"00b2", in_common(0x6700)},
    {"8032", in_common(0x6A86)},
    // Refused whatever is asked.
    {"0088", in_common(0x6A88)},
    {"8006", in_applications(0x6982)},
    {"8050", {0x6A86, 0x6A86, 0x6982, 0x6982, 0x6982, 0x6982}},
    {"8052", in_applications(0x6982)},
    {"8054", in_applications(0x6982)},
    {"808a", in_applications(0x6982)},
    {"80a2", in_applications(0x6985)},
    {"80ae", {0x6D00, 0x6D00, 0x6982, 0x66F1, 0x6A86, 0x66F1}},
    {"80fc", in_applications(0x6700)},
};

int expected_word(int cla, std::string_view class_and_instruction, Place place) {
  // The secured class is there once the domain is selected, and wants a channel.
  if (place == kInDomain && cla == 0x84) return 0x6985;
  if (cla >= 0x40 && cla <= 0x7F) return 0x6881;
  if (cla != 0x00 && cla != 0x80 && !(cla < 0x10) && !(cla >= 0x80 && cla < 0x90)) return 0x6E00;
  if (cla & 3) return 0x6881;
  if (cla & 0x0C) return 0x6882;
  const auto* row = std::ranges::find(kBare, class_and_instruction, &Row::command);
  return row == std::end(kBare) ? 0x6D00 : row->words[place];
}

void select(TestCard& card, Place place) {
  card.chip.reset();
  if (place != kNowhere) card.expect({{kSelects[place], "9000"}});
}

int word_of(const Bytes& answer) {
  return answer[answer.size() - 2] << 8 | answer.back();
}

// The input helper's and the common application's PINs are set, and nothing is verified.
ChipState in_use() {
  auto state = complete_state();
  state.factory = test_factory();
  state.pin(PinId::input_helper) = StoredPin::make(PinId::input_helper, view("1234"));
  state.pin(PinId::common) = StoredPin::make(PinId::common, view("1234"));
  state.files[{ApplicationId::common, 0x0001}] = from_hex("011c").value();
  return state;
}

void sweep(TestCard& card, Place place) {
  for (int cla = 0; cla < 256; ++cla) {
    for (int ins = 0; ins < 256; ++ins) {
      select(card, place);
      const Bytes command{static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins), 0xFF, 0xFF};
      const Bytes answer = card.chip.respond(command);
      ASSERT_EQ(answer.size(), 2U) << to_hex(command);
      const int expected = expected_word(cla, to_hex(ByteView(command).first(2)), place);
      ASSERT_EQ(word_of(answer), expected) << kSelects[place] << " " << to_hex(command);
    }
  }
}

TEST(Sweep, OfACardInUseInEachApplication) {
  TestCard card(in_use());
  for (const auto place : {kNowhere, kInDomain, kInJpki, kInFace, kInHelper, kInCommon}) sweep(card, place);
}

TEST(Sweep, OfACardThatIsBeingPersonalised) {
  auto state = in_use();
  state.phase = Phase::personalisation;
  TestCard card(state);
  sweep(card, kInJpki);  // nothing more without the channel
}

std::string zeros(std::size_t bytes) {
  return std::string(2 * bytes, '0');
}

// The commands as terminals send them.
const Row kSent[] = {
    // SELECT of an application, of a file, of nothing and of the master file
    {"00a4040c05d392f00026", all(0x9000)},
    {"00a4040c05d392f00027", all(0x6A82)},
    {"00a4020c020001", in_files(0x9000)},
    {"00a4020c020099", in_files(0x6A82)},
    {"00a4020c0100", all(0x6700)},
    {"00a40000", {0x6A86, 0x9000, 0x9000, 0x9000, 0x9000, 0x9000}},
    {"00a4000c", {0x6A86, 0x9000, 0x9000, 0x9000, 0x9000, 0x9000}},
    {"00a40000023f00", all(0x6A82)},
    // READ BINARY of the current file, of one that wants a PIN (in the common application: a record), of none
    {"00b0000000", all(0x6986)},
    {"00b0810000", {0x6986, 0x6986, 0x6982, 0x6982, 0x6982, 0x6981}},
    {"00b09f0000", in_files(0x6A82)},
    {"00b2010c00", in_common(0x9000)},
    {"00b2020c00", in_common(0x6A83)},
    // VERIFY and CHANGE: of the current file, of JPKI's, the face's and the helper's, the common one, of none
    {"00200080", all(0x6986)},
    {"00200098", {0x6986, 0x6986, 0x63C3, 0x6A88, 0x6A88, 0x6A88}},
    {"00200091", {0x6986, 0x6986, 0x6A88, 0x63C0, 0x63C3, 0x6A88}},
    {"002000910431323334", {0x6986, 0x6986, 0x6A88, 0x6984, 0x9000, 0x6A88}},
    {"0020009c", {0x6986, 0x6986, 0x6A88, 0x6A88, 0x6A88, 0x63C3}},
    {"0020009f0431323334", in_files(0x6A88)},
    {"002401980431323334", {0x6986, 0x6986, 0x6982, 0x6A88, 0x6A88, 0x6A88}},
    {"002401910431323334", {0x6986, 0x6986, 0x6A88, 0x6982, 0x6982, 0x6A88}},
    {"0024019c0431323334", {0x6986, 0x6986, 0x6A88, 0x6A88, 0x6A88, 0x6982}},
    {"8032009c0431323334", in_common(0x6982)},
    {"8032009f0431323334", in_common(0x6A88)},
    {"803200810431323334", in_common(0x6981)},
    // COMPUTE DIGITAL SIGNATURE with JPKI's key, the common one, the default one
    {"802a0097010100", {0x6986, 0x6986, 0x6982, 0x6A88, 0x6A88, 0x6A88}},
    {"802a0099010100", in_files(0x6A88)},
    {"802a0000010100", {0x6A86, 0x6A86, 0x6A86, 0x6A88, 0x6A86, 0x6A86}},
    {"0084000008", all(0x9000)},
    {"008800990101", in_common(0x6A88)},
    // GET DATA: what is there, and what is not
    {"00ca5f5100", in_domain(0x9000)},
    {"80ca5f5100", in_domain(0x9000)},
    {"00ca00f200", in_domain(0x6A88)},
    {"80ca00f200", in_domain(0x6A88)},
    {"80ca7f2100", in_domain(0x6700)},
    {"80ca7f21000000", in_domain(0x9000)},
    // INITIALIZE UPDATE, which has the number of JICSAP's LOCK DF
    {"8050000008010203040506070800", {0x9000, 0x9000, 0x6982, 0x6982, 0x6982, 0x6982}},
    {"8050020008010203040506070800", {0x6A88, 0x6A88, 0x6982, 0x6982, 0x6982, 0x6982}},
    // SET SESSION KEY before the PIN
    {"80ae0000000100" + zeros(256), {0x6D00, 0x6D00, 0x6982, 0x66F1, 0x6982, 0x66F1}},
    // ERASE, UNLOCK DF, UNLOCK KEY, MANAGE ATTRIBUTES; a terminal's certificate; LAST COMMAND INDICATOR
    {"80060000", in_applications(0x6982)},
    {"80520000", in_applications(0x6982)},
    {"80540098", in_applications(0x6982)},
    {"808a0000", in_applications(0x6982)},
    {"80a206c1000133" + zeros(307), in_applications(0x6985)},
    {"80a200c1000133" + zeros(307), in_applications(0x6985)},
    {"80fc0000", in_applications(0x6700)},
    // The issuer's GET STATUS and EXTERNAL AUTHENTICATE before INITIALIZE UPDATE, and in classes of no use
    {"84f20000", {0x6882, 0x6985, 0x6882, 0x6882, 0x6882, 0x6882}},
    {"8482330010" + zeros(16), {0x6882, 0x6985, 0x6882, 0x6882, 0x6882, 0x6882}},
    {"04f20000", all(0x6882)},
    {"0482330010" + zeros(16), all(0x6882)},
    {"80f20000", all(0x6D00)},
    {"85f20000", all(0x6881)},
    {"c4f20000", all(0x6E00)},
};

TEST(Sweep, OfTheCommandsThatTerminalsSend) {
  for (const auto& [command, words] : kSent)
    for (std::size_t place = 0; place < kPlaceCount; ++place) {
      TestCard card(in_use());
      select(card, static_cast<Place>(place));
      const int word = word_of(card.chip.respond(from_hex(command).value()));
      EXPECT_EQ(word, words[place]) << kSelects[place] << " " << command << std::hex << " " << word;
    }
}

// Cases 1 to 4 of ISO/IEC 7816-4, short and extended, of every known command: what is longer or shorter than
// the command wants is a wrong length, and nothing is done. A command that is refused in any case is refused
// whatever its form.
struct Shape {
  std::vector<std::string_view> before;  // is 9000 each
  std::string_view header;
  std::string data;
  std::string_view le;  // a short one; the extended one of case 4 is 256 more
  // How each form ends: 1, 2, 3, 4, and the extended ones of 2, 3 and 4; one word: all. A "----" is no form.
  std::string_view words;
};

constexpr std::string_view kVerifyHelper = "002000910431323334";
constexpr std::string_view kVerifyAuth = "002000980434373131";
constexpr std::string_view kHostChallenge = "0102030405060708";

const Shape kShapes[] = {
    // There is no application of that one byte.
    {{kSelectJpki}, "00a4040c", "01", "10", "6700 6700 6a82 6a82 6700 6a82 6a82"},
    {{kSelectJpki}, "00a4020c", "000a", "10", "6700 6700 9000 9000 6700 9000 9000"},
    {{kSelectJpki}, "00a40200", "000a", "10", "6700 6700 9000 9000 6700 9000 9000"},
    {{kSelectJpki}, "00a4020c", "00", "10", "6700"},
    {{kSelectJpki}, "00a40000", "3f00", "10", "9000 9000 6a82 6a82 9000 6a82 6a82"},
    {{}, "00a40000", "3f00", "10", "6a86 6a86 6a82 6a82 6a86 6a82 6a82"},
    {{kSelectJpki, "00a4020c02000a"}, "00b00000", "01", "10", "6700 9000 6700 6700 9000 6700 6700"},
    // A question without data, a try with them.
    {{kSelectJpki}, "00200098", "01", "10", "63c3 63c3 63c2 63c2 63c3 63c2 63c2"},
    {{kSelectJpki}, "00240198", "01", "10", "6700 6700 6982 6982 6700 6982 6982"},
    {{kSelectJpki}, "00840000", "01", "10", "6700 9000 6700 6700 9000 6700 6700"},
    // The signature has 256 bytes: an Le of 272 is enough, and so is 00.
    {{kSelectJpki, kVerifyAuth}, "802a0097", "01", "10", "6700 6700 6700 6700 6700 6700 9000"},
    {{kSelectJpki, kVerifyAuth}, "802a0097", "01", "00", "6700 6700 6700 9000 6700 6700 9000"},
    {{}, "00ca5f51", "01", "10", "6700 9000 6700 6700 9000 6700 6700"},
    {{}, "80ca5f51", "01", "10", "6700 9000 6700 6700 9000 6700 6700"},
    {{kSelectDomain}, "80ca5f51", "01", "07", "6700 6700 6700 6700 6700 6700 6700"},
    // The answer has 32 bytes.
    {{}, "80500000", std::string(kHostChallenge), "20", "6700 6700 9000 9000 6700 9000 9000"},
    {{kSelectDomain}, "80500000", std::string(kHostChallenge), "1f", "6700 6700 9000 6700 6700 9000 9000"},
    {{kSelectDomain}, "80500000", "01020304050607", "20", "6700"},
    {{kSelectCommon}, "00b2010c", "01", "10", "6700 9000 6700 6700 9000 6700 6700"},
    {{kSelectCommon}, "8032009c", "01", "10", "6700 6700 6982 6982 6700 6982 6982"},
    {{kSelectCommon}, "00880000", "01", "10", "6a88"},
    // As long as the modulus, for a key whose public half nobody has read.
    {{kSelectInputHelper, kVerifyHelper}, "80ae0000", zeros(255), "10", "6700"},
    {{kSelectInputHelper, kVerifyHelper}, "80ae0000", zeros(256), "10", "6700 6700 ---- ---- 6700 6a80 6a80"},
    {{kSelectInputHelper}, "80ae0000", "01", "10", "6982"},
    {{kSelectJpki}, "80ae0000", "01", "10", "6982"},
    {{kSelectFace}, "80ae0000", "01", "10", "66f1"},
    {{kSelectCommon}, "80ae0000", "01", "10", "66f1"},
    {{kSelectJpki}, "80060000", "01", "10", "6982"},
    {{kSelectJpki}, "80500000", std::string(kHostChallenge), "20", "6982"},
    {{kSelectJpki}, "80520000", "01", "10", "6982"},
    {{kSelectJpki}, "80540098", "01", "10", "6982"},
    {{kSelectJpki}, "808a0000", "01", "10", "6982"},
    {{kSelectJpki}, "80a206c1", "01", "10", "6985"},
    {{kSelectJpki}, "80fc0000", "01", "10", "6700"},
    {{}, "84f20000", "01", "10", "6882"},
    {{kSelectDomain}, "84f20000", "01", "10", "6985"},
    {{kSelectJpki}, "84f20000", "01", "10", "6882"},
};

std::string hex_of_u16(std::size_t value) {
  Bytes bytes;
  append_u16(bytes, static_cast<std::uint16_t>(value));
  return to_hex(bytes);
}

std::array<std::string, 7> forms_of(const Shape& shape) {
  const std::size_t bytes = shape.data.size() / 2;
  const std::string length = hex_of_u16(bytes);
  const std::string le(shape.le);
  const std::string with_data = length.substr(2) + shape.data;
  const std::string with_much_data = "00" + length + shape.data;
  return {"", le, with_data, with_data + le, "0000" + le, with_much_data, with_much_data + "01" + le};
}

TEST(Sweep, OfTheFourCasesShortAndExtended) {
  constexpr std::size_t kWordAndSpace = 5;
  for (const auto& shape : kShapes) {
    const auto forms = forms_of(shape);
    for (std::size_t i = 0; i < forms.size(); ++i) {
      const bool one_for_all = shape.words.size() < kWordAndSpace;
      const auto word = shape.words.substr(one_for_all ? 0 : i * kWordAndSpace, 4);
      if (word == "----") continue;
      TestCard card(in_use());
      for (const auto before : shape.before) card.expect({{before, "9000"}});
      const std::string answer = card.say(std::string(shape.header) + forms[i]);
      EXPECT_TRUE(answer.ends_with(word)) << shape.header << forms[i] << " " << answer << " " << word;
      EXPECT_TRUE(word == "9000" || answer.size() == 4) << shape.header << forms[i] << " " << answer;
    }
  }
}

}  // namespace
}  // namespace shomei::card::applet
