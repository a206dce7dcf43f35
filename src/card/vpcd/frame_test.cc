#include "card/vpcd/frame.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::card::vpcd {
namespace {

class Nowhere final : public applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

struct Frames : ::testing::Test {
  std::optional<Bytes> say(std::string_view payload) { return answer_frame(chip, from_hex(payload).value()); }
  Nowhere storage;
  applet::Chip chip{applet::ChipState::born(), storage};
};

TEST_F(Frames, ControlsAreAnsweredByTheAtrAlone) {
  EXPECT_EQ(to_hex(say("04").value()), "00093be000ff8131fe4514");
  for (const char* control : {"00", "01", "02", "03", "ff", ""}) EXPECT_FALSE(say(control)) << control;
}

TEST_F(Frames, CommandsAreAnsweredByTheChip) {
  EXPECT_EQ(to_hex(say("00a4040c0ad392f000260100000001").value()), "00029000");
  EXPECT_EQ(to_hex(say("00a4020c020018").value()), "00029000");
  EXPECT_EQ(to_hex(say("0000").value()), "00026700");
}

TEST_F(Frames, EachControlOfPowerEndsTheSession) {
  for (const char* control : {"00", "01", "02"}) {
    say("00a4040c0ad392f000260100000001");
    EXPECT_EQ(to_hex(say("00a4020c020018").value()), "00029000");
    say(control);
    EXPECT_EQ(to_hex(say("00a4020c020018").value()), "00026986") << control;
  }
}

TEST(FrameBuffer, FindsTheFramesHoweverTheyAreCut) {
  EXPECT_TRUE(rc::check([](const std::vector<Bytes>& payloads) {
    Bytes stream;
    for (const auto& payload : payloads) append(stream, encode_frame(payload));
    FrameBuffer buffer;
    std::vector<Bytes> found;
    for (std::size_t at = 0; at < stream.size();) {
      const auto part = std::min(*rc::gen::inRange<std::size_t>(1, 9), stream.size() - at);
      buffer.add(ByteView(stream).subspan(at, part));
      at += part;
      while (auto payload = buffer.take()) found.push_back(to_bytes(payload->reveal()));
    }
    RC_ASSERT(found == payloads);
    RC_ASSERT(!buffer.take().has_value());
  }));
}

}  // namespace
}  // namespace shomei::card::vpcd
