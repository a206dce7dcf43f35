#include "card/apdu.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "card/trace.h"

namespace shomei::card {
namespace {

Bytes hex(std::string_view text) {
  return from_hex(text).value();
}

TEST(Command, ReadsTheSevenCases) {
  struct Row {
    const char* bytes;
    std::size_t data_bytes;
    std::optional<std::uint32_t> le;
  };
  static const Row kRows[] = {
      {"00200080", 0, {}},                            // 1
      {"00b0000004", 0, 4},                           // 2, short
      {"00b0000000", 0, 256},                         //
      {"00a4020c020018", 2, {}},                      // 3, short
      {"00a404000ad392f00026010000000100", 10, 256},  // 4, short
      {"00b00000000000", 0, 65'536},                  // 2, extended
      {"00b00000000100", 0, 256},                     //
      {"80d60000000001aa", 1, {}},                    // 3, extended
      {"80d60000000001aa0010", 1, 16},                // 4, extended
      {"00cb3fff035c017e08", 3, 8},
  };
  for (const auto& row : kRows) {
    const Bytes bytes = hex(row.bytes);
    const auto command = parse_command(bytes);
    ASSERT_TRUE(command) << row.bytes;
    EXPECT_EQ(command->data.size(), row.data_bytes) << row.bytes;
    EXPECT_EQ(command->le, row.le) << row.bytes;
  }
}

TEST(Command, RefusesLengthsThatContradictEachOther) {
  for (const char* bytes :
       {"", "00", "002000", "00a4040003aabb", "00a4040001aa0000", "0020008000aa", "0020008000000000",
        "00200080000002aa", "00200080000001aa00", "00200080000001aa000000"})
    EXPECT_EQ(parse_command(hex(bytes)).error().code, "apdu_form") << bytes;
}

TEST(Command, EncodesWhatItReads) {
  EXPECT_TRUE(rc::check([] {
    const auto header = *rc::gen::container<Bytes>(4, rc::gen::arbitrary<std::uint8_t>());
    const auto size = *rc::gen::element<std::size_t>(0, 1, 16, 255, 256, 300, 65'535);
    const Bytes data(size, *rc::gen::arbitrary<std::uint8_t>());
    std::optional<std::uint32_t> le;
    if (*rc::gen::arbitrary<bool>()) le = *rc::gen::element<std::uint32_t>(1, 255, 256, 257, 65'535, 65'536);
    const Command command{header[0], header[1], header[2], header[3], data, le};
    const auto bytes = encode_command(command);
    const auto again = parse_command(bytes.reveal());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->cla == header[0] && again->ins == header[1] && again->p1 == header[2] &&
              again->p2 == header[3]);
    RC_ASSERT(equal(again->data, data));
    RC_ASSERT(again->le == le);
  }));
}

TEST(Command, ReadsAnyBytesWithoutHarm) {
  EXPECT_TRUE(rc::check([](const Bytes& bytes) {
    const auto command = parse_command(bytes);
    if (command) RC_ASSERT(command->data.size() + 4 <= bytes.size());
  }));
}

TEST(Answer, IsDataAndAStatusWord) {
  const auto answer = parse_answer(hex("308203c29000"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->word, sw::kDone);
  EXPECT_EQ(answer->data, hex("308203c2"));
  EXPECT_EQ(encode_answer(*answer), hex("308203c29000"));
  EXPECT_EQ(encode_answer(sw::tries_left(3)), hex("63c3"));
  EXPECT_FALSE(parse_answer(hex("90")));
  EXPECT_FALSE(parse_answer({}));
}

TEST(Trace, BlacksOutPins) {
  EXPECT_EQ(trace_command(hex("002000800431323334")), "00200080 [pin]");
  EXPECT_EQ(trace_command(hex("002401800431323334")), "00240180 [pin]");
  EXPECT_EQ(trace_command(hex("80e000980431323334")), "80e00098 [pin]");
  EXPECT_EQ(trace_command(hex("8032009c0431323334")), "8032009c [pin]");
  EXPECT_EQ(trace_command(hex("00200080")), "00200080");
  EXPECT_EQ(trace_command(hex("00a4020c020018")), "00a4020c020018");
  EXPECT_EQ(trace_command(hex("0020008005313233")), "(8 bytes that are no command)");
}

}  // namespace
}  // namespace shomei::card
