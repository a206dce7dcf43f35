// Traces read, masked, recorded and replayed. Against a true chip: tests/card/replayed_test.cc.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "card/traces/recorder.h"
#include "card/traces/replay.h"

namespace shomei::card::traces {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSelectJpki = "> 00a4040c0ad392f000260100000001\n< 9000\n";

// Answers as the trace has it, command after command, whatever is said.
class PlayedBack final : public Transport {
 public:
  explicit PlayedBack(std::vector<Step> trace) : trace_(std::move(trace)) {}
  Result<Bytes> transmit(ByteView command) override {
    said.push_back(to_bytes(command));
    while (at_ < trace_.size() && trace_[at_].power) ++at_;
    if (at_ == trace_.size() || !trace_[at_].answer) return unavailable("card_gone");
    return trace_[at_++].answer->bytes;
  }
  std::vector<Bytes> said;

 private:
  std::vector<Step> trace_;
  std::size_t at_ = 0;
};

std::string recorded(std::string_view trace, PersonalData personal_data = PersonalData::masked) {
  const auto steps = parse_trace(trace).value();
  PlayedBack card(steps);
  std::string text;
  Recorder recorder(card, personal_data, [&](const std::string& lines) { text += lines; });
  for (const auto& step : steps)
    if (step.power)
      recorder.note_power();
    else
      (void)recorder.transmit(step.command.bytes);
  return text;
}

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

TEST(CardTrace, IsReadStrictly) {
  for (const char* bad :
       {"x", "> 00", "> 00a4040", "> 00a404zz", "< 9000", "> 00a40400\n< 9000\n< 9000", "*\n< 9000",
        "> **a40400", "> 00a40400\n< 90**", "> 00a40400\n< 90", "> 002000800431[pin]", "> 00a40400 "})
    EXPECT_EQ(code(parse_trace(bad)), "card_trace_form") << bad;
  const auto steps = parse_trace("# remark\r\n\n*\n> 00200080[pin]\n< 63c2\n> 00b0000004\n");
  ASSERT_TRUE(steps) << code(steps);
  ASSERT_EQ(steps->size(), 3U);
  EXPECT_TRUE((*steps)[0].power && (*steps)[1].pin);
  EXPECT_FALSE((*steps)[2].answer);
  EXPECT_EQ((*steps)[2].line, 6U);
}

TEST(CardTrace, ComesBackAsItWasWritten) {
  EXPECT_TRUE(rc::check([](std::vector<std::pair<Bytes, Bytes>> pairs, std::vector<bool> hidden) {
    std::vector<Step> steps;
    for (auto& [command, answer] : pairs) {
      command.resize(command.size() + 4);
      answer.resize(answer.size() + 2);
      Step step{.command = Masked::plain(command), .answer = Masked::plain(answer)};
      for (std::size_t i = 0; i + 2 < answer.size() && i < hidden.size(); ++i)
        if (hidden[i]) step.answer->hidden[i] = true, step.answer->bytes[i] = 0;
      steps.push_back(step);
      steps.push_back({.power = true});
    }
    RC_ASSERT(parse_trace(encode_trace(steps)).value() == steps);
  }));
}

TEST(CardTraceMask, NeverShowsAPin) {
  for (const auto personal_data : {PersonalData::masked, PersonalData::kept})
    for (const char* command : {"002000800431323334", "00200098043132333400", "0024018006313233343536",
                                "803200800431323334", "80e000800431323334", "002c00800431323334",
                                "10200080043132333400", "0c20008004313233340000", "0020008031323334"}) {
      const auto text = recorded("> " + std::string(command) + "\n< 9000\n", personal_data);
      EXPECT_EQ(text.find("3132"), std::string::npos) << text;
      EXPECT_NE(text.find("[pin]"), std::string::npos) << text;
      EXPECT_TRUE(parse_trace(text)) << text;
    }
  EXPECT_EQ(recorded("> 00200080\n< 63c3\n"), "> 00200080\n< 63c3\n") << "a question has no PIN";
}

// The same name of a file is public in one application and a person's in the next.
TEST(CardTraceMask, ShowsPublicFilesAlone) {
  const std::string jpki(kSelectJpki);
  const std::string helper = "> 00a4040c0ad3921000310001010408\n< 9000\n";
  const std::string reads = "> 00b0000002\n< 41429000\n";
  const auto file = [&](std::string_view id) {
    return "> 00a4020c02" + std::string(id) + "\n< 9000\n" + reads;
  };
  const auto shows = [&](const std::string& trace) {
    return recorded(trace).find("41429000") != std::string::npos;
  };
  for (const char* id : {"0002", "0006", "0008", "000b"}) EXPECT_TRUE(shows(jpki + file(id))) << id;
  for (const char* id : {"0001", "000a", "0009", "7777"}) EXPECT_FALSE(shows(jpki + file(id))) << id;
  for (const char* id : {"0001", "0002", "0003", "0004", "0005", "0006"})
    EXPECT_FALSE(shows(helper + file(id))) << id;
  EXPECT_FALSE(shows(file("0006"))) << "nobody knows of which application";
  EXPECT_FALSE(shows(jpki + "*\n" + file("0006"))) << "after a reset nothing is selected";
  EXPECT_FALSE(shows(jpki + "> 00a4020c020006\n< 6a82\n" + reads)) << "that file was not selected";
  EXPECT_TRUE(shows(jpki + "> 00b0860002\n< 41429000\n")) << "by its short name";
  EXPECT_FALSE(shows(jpki + "> 00b0810002\n< 41429000\n"));
  const std::string public_file = jpki + "> 00a4020c020006\n< 9000\n";
  EXPECT_TRUE(shows(public_file + "> 0084000008\n< 11111111111111119000\n" + reads));
  for (const char* by_short_name :
       {"> 00b0810002\n< 42419000\n", "> 0020009b\n< 63c5\n", "> 00b2010c00\n< 6981\n"})
    EXPECT_FALSE(shows(public_file + by_short_name + reads)) << "another file may be the current one";
  EXPECT_FALSE(shows(jpki + "> 00a4040006d39210003100\n< 6110\n" + file("0002")))
      << "selected, with more to fetch";
  for (const char* other : {"00b2010c00", "00ca004500", "00c0000002", "84b0000002", "0cb0000002"})
    EXPECT_FALSE(shows(jpki + "> 00a4020c020006\n< 9000\n> " + other + "\n< 41429000\n")) << other;
  EXPECT_NE(recorded(helper + file("0002"), PersonalData::kept).find("41429000"), std::string::npos);
  EXPECT_NE(recorded(helper + file("0002")).find("< ****9000"), std::string::npos) << "lengths are told";
}

TEST(CardTraceMask, HidesDataThatItDoesNotKnow) {
  EXPECT_EQ(recorded("> 84d7000003aabbcc\n< 9000\n"), "> 84d7000003******\n< 9000\n");
  EXPECT_EQ(recorded("> 802a008002aabb00\n< 11229000\n"), "> 802a008002aabb00\n< 11229000\n");
  EXPECT_EQ(recorded("> 80ae000002aabb\n< 9000\n"), "> 80ae000002****\n< 9000\n");
}

std::vector<Step> opensc(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return parse_trace(text.str()).value();
}

// What OpenSC said to a card, through the mask: no digit of a PIN and no byte of a personal certificate.
TEST(CardTraceMask, OfOpenScShowsNeitherPinNorPersonalCertificate) {
  std::size_t traces = 0;
  for (const auto& entry : fs::directory_iterator(SHOMEI_VECTORS "/opensc-traces")) {
    if (entry.path().extension() != ".txt") continue;
    ++traces;
    const auto steps = opensc(entry.path());
    const auto text = recorded(encode_trace(steps));
    EXPECT_EQ(text.find("0431323334"), std::string::npos);
    EXPECT_EQ(text.find("06414243313233"), std::string::npos);
    const auto masked = parse_trace(text).value();
    EXPECT_FALSE(compare(masked, steps, {}).difference) << entry.path();
    EXPECT_FALSE(compare(steps, masked, {}).difference) << entry.path();
  }
  EXPECT_EQ(traces, 7U);
}

TEST(CardReplay, TellsTheFirstDifference) {
  const auto trace = parse_trace(std::string(kSelectJpki) + "> 00a4020c020018\n< 9000\n> 00200080\n< 63c3\n");
  const auto other = parse_trace(std::string(kSelectJpki) + "> 00a4020c020018\n< 9000\n> 00200080\n< 63c2\n");
  PlayedBack same(*trace);
  const auto whole = replay(*trace, same, {});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->compared, 3U);
  EXPECT_FALSE(whole->difference);
  PlayedBack card(*other);
  const auto outcome = replay(*trace, card, {});
  ASSERT_TRUE(outcome && outcome->difference);
  EXPECT_EQ(outcome->compared, 2U);
  EXPECT_EQ(outcome->difference->line, 5U);
  EXPECT_EQ(outcome->difference->expected, "63c3");
  EXPECT_EQ(outcome->difference->found, "63c2");
  EXPECT_EQ(compare(*trace, *other, {}).difference->line, 5U);
}

TEST(CardReplay, SendsNoPinOfATrace) {
  const auto trace =
      parse_trace(std::string(kSelectJpki) + "> 00a4020c020018\n< 9000\n> 002000800431323334\n< 9000\n");
  PlayedBack card(*trace);
  const auto outcome = replay(*trace, card, {});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->stop, Stop::pin_needed);
  EXPECT_EQ(outcome->stopped_line, 5U);
  EXPECT_EQ(card.said.size(), 2U);
}

TEST(CardReplay, SendsTheCallersPinInItsPlace) {
  const auto trace =
      parse_trace(std::string(kSelectJpki) + "> 00a4020c020018\n< 9000\n> 00200080[pin]\n< 9000\n");
  ReplayOptions options;
  options.pins[index_of(Kind::user_authentication)] = SecretBytes::of_text("4711");
  PlayedBack card(*trace);
  const auto outcome = replay(*trace, card, options);
  ASSERT_TRUE(outcome) << code(outcome);
  EXPECT_EQ(outcome->compared, 3U);
  EXPECT_EQ(to_hex(card.said.back()), "002000800434373131");
  // The PIN of another application is no PIN of ours.
  const auto helper = parse_trace(
      "> 00a4040c0ad3921000310001010408\n< 9000\n> 00a4020c020018\n< 9000\n> 00200080[pin]\n< 9000\n");
  PlayedBack other(*helper);
  EXPECT_EQ(replay(*helper, other, options)->stop, Stop::pin_needed);
  // It is sent as the trace sends it: here by the file's short name.
  const auto by_name = parse_trace(std::string(kSelectJpki) + "> 00200098[pin]\n< 9000\n");
  PlayedBack short_name(*by_name);
  EXPECT_EQ(replay(*by_name, short_name, options)->compared, 2U);
  EXPECT_EQ(to_hex(short_name.said.back()), "002000980434373131");
}

// Each would send the PIN to another PIN's file, to another application, or without need.
TEST(CardReplay, KeepsThePinWhereItIsNotCertainWhatItIsFor) {
  ReplayOptions options;
  options.pins[index_of(Kind::user_authentication)] = SecretBytes::of_text("4711");
  const std::string pin_file = std::string(kSelectJpki) + "> 00a4020c020018\n< 9000\n";
  const std::string verify = "> 00200080[pin]\n< 9000\n";
  for (const auto& [text, stop] :
       {std::pair{pin_file + "> 0020009b\n< 63c5\n" + verify, Stop::pin_needed},
        {pin_file + "> 00b0860001\n< 339000\n" + verify, Stop::pin_needed},
        {pin_file + "> 00a4020c02001b\n< 6a82\n> 00b0860001\n< 339000\n" + verify, Stop::pin_needed},
        {pin_file + "*\n" + verify, Stop::pin_needed},
        {pin_file + "> 10200080[pin]\n< 9000\n", Stop::pin_needed},
        {pin_file + "> 00200080[pin]\n", Stop::not_sent}}) {
    const auto trace = parse_trace(text).value();
    PlayedBack card(trace);
    EXPECT_EQ(replay(trace, card, options)->stop, stop) << text;
    for (const auto& said : card.said) EXPECT_FALSE(said[1] == 0x20 && said.size() > 4) << text;
  }
}

TEST(CardReplay, PowersTheCardWhereTheTraceDoes) {
  const auto trace = parse_trace("*\n" + std::string(kSelectJpki) + "*\n> 00a4020c020018\n< 6986\n").value();
  PlayedBack card(trace);
  std::vector<std::size_t> powered_after;
  ReplayOptions options;
  options.power_anew = [&]() -> Result<void> {
    powered_after.push_back(card.said.size());
    return {};
  };
  EXPECT_EQ(replay(trace, card, options)->compared, 2U);
  EXPECT_EQ(powered_after, (std::vector<std::size_t>{0, 1}));
  options.power_anew = [] { return Result<void>(unavailable("card_gone")); };
  EXPECT_EQ(code(replay(trace, card, options)), "card_gone");
}

// Whoever made the trace chose what would be signed, and is sent what the replay tells.
TEST(CardReplay, SignsNothingUnlessItIsToldAndNeverTellsASignature) {
  const auto trace = parse_trace("> 802a0080013300\n< 9000\n").value();
  const auto answers = parse_trace("> 802a0080013300\n< abcdef9000\n").value();
  PlayedBack card(answers);
  EXPECT_EQ(replay(trace, card, {})->stop, Stop::not_sent);
  EXPECT_TRUE(card.said.empty());
  const auto outcome = replay(trace, card, {.sign = true});
  ASSERT_TRUE(outcome && outcome->difference);
  EXPECT_EQ(outcome->difference->found, "******9000");
}

TEST(CardReplay, TellsOfAnAnswerWhatATraceWouldShow) {
  const std::string read = "> 00b0000003\n";
  for (const auto& [file, found] :
       {std::pair{"0006", "abcdef9000"}, std::pair{"000a", "******9000"}, {"0001", "******9000"}}) {
    const auto before = std::string(kSelectJpki) + "> 00a4020c02" + file + "\n< 9000\n" + read;
    PlayedBack card(parse_trace(before + "< abcdef9000\n").value());
    const auto outcome = replay(parse_trace(before + "< 1234569000\n").value(), card, {});
    ASSERT_TRUE(outcome && outcome->difference);
    EXPECT_EQ(outcome->difference->found, found);
  }
}

TEST(CardReplay, SendsNothingThatChangesACard) {
  for (const char* command :
       {"00240180043132333400", "8032008004313233340", "80e0000004aabbccdd", "84d7000003aabbcc", "80460000",
        "00d6000002aabb", "80e60000", "002c0080", "84f00001", "0054000000", "0050000000", "0052000000",
        "008a000000", "0006000000", "c0a4040000", "0044000000", "00200080043132333400"}) {
    std::string text = command;
    if (text.size() % 2 != 0) text.pop_back();
    const auto trace = parse_trace("> " + text + "\n< 9000\n");
    ASSERT_TRUE(trace) << text;
    PlayedBack card(*trace);
    const auto outcome = replay(*trace, card, {});
    ASSERT_TRUE(outcome);
    EXPECT_NE(outcome->stop, Stop::none) << text;
    EXPECT_TRUE(card.said.empty()) << text;
  }
}

TEST(CardReplay, ComparesOfASignatureItsLengthAndWord) {
  const auto trace = parse_trace("> 802a008002aabb00\n< 11229000\n");
  PlayedBack other(parse_trace("> 802a008002aabb00\n< 33449000\n").value());
  EXPECT_FALSE(replay(*trace, other, {.sign = true})->difference);
  PlayedBack shorter(parse_trace("> 802a008002aabb00\n< 339000\n").value());
  EXPECT_TRUE(replay(*trace, shorter, {.sign = true})->difference);
  PlayedBack by_words(parse_trace("> 802a008002aabb00\n< 339000\n").value());
  EXPECT_FALSE(replay(*trace, by_words, {.words_only = true, .sign = true})->difference);
}

}  // namespace
}  // namespace shomei::card::traces
