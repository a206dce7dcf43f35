// The test is the reader: it speaks vpcd's side of the protocol over real sockets. pcscd itself is a part of
// the tests of the whole.
#include "card/vpcd/serve.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <thread>

#include "card/vpcd/frame.h"
#include "card/vpcd/socket.h"

namespace shomei::card::vpcd {
namespace {

using namespace std::chrono_literals;

class Nowhere final : public applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

std::uint16_t port_of(const Descriptor& listener) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

// Two ports in a row that nobody has: what listening needs.
std::uint16_t free_pair() {
  for (int i = 0; i < 100; ++i) {
    const auto first = listen_at("127.0.0.1", 0).value();
    const auto port = port_of(first);
    if (port < 65'535 && listen_at("127.0.0.1", static_cast<std::uint16_t>(port + 1))) return port;
  }
  return 0;
}

std::string exchange(const Descriptor& card, std::string_view payload) {
  const Bytes frame = encode_frame(from_hex(payload).value());
  // As vpcd does: the length first, and then the content.
  EXPECT_TRUE(send_all(card, ByteView(frame).first(2)));
  EXPECT_TRUE(send_all(card, ByteView(frame).subspan(2)));
  FrameBuffer frames;
  for (;;) {
    if (const auto answer = frames.take()) return to_hex(answer->reveal());
    if (!readable(card, 5s)) return "silence";
    const auto bytes = receive(card);
    if (!bytes) return "gone";
    frames.add(bytes->reveal());
  }
}

class Serving : public ::testing::Test {
 protected:
  void start(Direction direction, std::uint16_t port) {
    options_.port = port;
    options_.direction = direction;
    options_.retry_first = 10ms;
    options_.on_event = [this](ReaderEvent event) { (event == ReaderEvent::inserted ? inserted_ : gone_)++; };
    thread_ = std::jthread([this] { result_ = serve_vpcd(chip_, options_, stop_); });
  }
  void finish() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  ~Serving() override { finish(); }

  Nowhere storage_;
  applet::Chip chip_{applet::ChipState::born(), storage_};
  ReaderOptions options_;
  std::atomic<bool> stop_{false};
  std::atomic<int> inserted_{0};
  std::atomic<int> gone_{0};
  Result<void> result_;
  std::jthread thread_;
};

TEST_F(Serving, ConnectsToAReaderAndComesBackAfterItsRestart) {
  auto reader = std::make_unique<Descriptor>(listen_at("127.0.0.1", 0).value());
  const auto port = port_of(*reader);
  start(Direction::connect, port);
  {
    const auto card = accept_from(*reader);
    EXPECT_EQ(exchange(card, "04"), "3be000ff8131fe4514");
    EXPECT_EQ(exchange(card, "00a4040c0ad392f000260100000001"), "9000");
    EXPECT_EQ(exchange(card, "00a4020c020018"), "9000");
    reader.reset();
  }
  std::this_thread::sleep_for(50ms);
  reader = std::make_unique<Descriptor>(listen_at("127.0.0.1", port).value());
  ASSERT_TRUE(readable(*reader, 5s));
  const auto card = accept_from(*reader);
  EXPECT_EQ(exchange(card, "00a4020c020018"), "6986");  // it was taken out and put in again
  finish();
  EXPECT_TRUE(result_);
  EXPECT_EQ(inserted_, 2);
  EXPECT_EQ(gone_, 1);
}

TEST_F(Serving, TracesEveryCommandWithItsStatusWordAndNoPin) {
  std::vector<std::string> lines;
  options_.on_command = [&](const std::string& line) { lines.push_back(line); };
  const auto reader = listen_at("127.0.0.1", 0).value();
  start(Direction::connect, port_of(reader));
  const auto card = accept_from(reader);
  EXPECT_EQ(exchange(card, "04"), "3be000ff8131fe4514");  // the reader's own question: not traced
  EXPECT_EQ(exchange(card, "00a4040c0ad392f000260100000001"), "9000");
  const auto verified = exchange(card, "002000980431323334");
  finish();
  EXPECT_EQ(lines, (std::vector<std::string>{"00a4040c0ad392f000260100000001 -> 9000",
                                             "00200098 [pin] -> " + verified}));
}

TEST_F(Serving, SaysWhereThereIsNoReader) {
  std::uint16_t port = 0;
  {
    const auto closed = listen_at("127.0.0.1", 0).value();
    port = port_of(closed);
  }
  options_.port = port;
  const auto served = serve_vpcd(chip_, options_, stop_);
  ASSERT_FALSE(served);
  EXPECT_EQ(served.error().fault, Fault::unavailable);
  EXPECT_EQ(served.error().code, "reader_missing");
  EXPECT_EQ(served.error().parameter("address"), "127.0.0.1:" + std::to_string(port));
}

TEST_F(Serving, StopsWhileTheReaderIsAway) {
  auto reader = std::make_unique<Descriptor>(listen_at("127.0.0.1", 0).value());
  start(Direction::connect, port_of(*reader));
  (void)accept_from(*reader);
  reader.reset();
  std::this_thread::sleep_for(50ms);
  const auto before = std::chrono::steady_clock::now();
  finish();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  EXPECT_TRUE(result_);
}

TEST_F(Serving, WaitsForAReaderAndFillsItsSecondSlotWithAStranger) {
  const auto port = free_pair();
  ASSERT_NE(port, 0);
  start(Direction::listen, port);
  Descriptor reader;
  for (int i = 0; i < 100 && !reader; ++i) {
    std::this_thread::sleep_for(10ms);
    reader = connect_to("127.0.0.1", port);
  }
  EXPECT_EQ(exchange(reader, "04"), "3be000ff8131fe4514");
  const auto second = connect_to("127.0.0.1", static_cast<std::uint16_t>(port + 1));
  ASSERT_TRUE(second);
  EXPECT_EQ(exchange(second, "04"), "3b00");
  EXPECT_EQ(exchange(second, "00a4040c0ad392f000260100000001"), "6d00");
  EXPECT_EQ(exchange(reader, "00a4040c0ad392f000260100000001"), "9000");
  reader = Descriptor();
  reader = connect_to("127.0.0.1", port);
  EXPECT_EQ(exchange(reader, "00a4020c020018"), "6986");
}

TEST_F(Serving, SaysWhenThePortIsTaken) {
  const auto taken = listen_at("127.0.0.1", 0).value();
  options_.port = port_of(taken);
  options_.direction = Direction::listen;
  EXPECT_EQ(serve_vpcd(chip_, options_, stop_).error().code, "port_unusable");
}

// The reader's socket is as plain as vpcd's: without a quick acknowledgement of the length, each command
// would wait 40 ms before its content is sent. Generous, for busy machines.
TEST_F(Serving, AnswersWithoutWaitingForAcknowledgements) {
  const auto reader = listen_at("127.0.0.1", 0).value();
  start(Direction::connect, port_of(reader));
  const Descriptor card(::accept(reader.get(), nullptr, nullptr));
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(exchange(card, "00840000"), "6700");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
}

}  // namespace
}  // namespace shomei::card::vpcd
