// How a server ends: what is under way is answered, what is idle is closed, what waits too long is dropped.
#include <atomic>
#include <future>
#include <vector>

#include "wire/server_testing.h"

namespace shomei::wire {
namespace {

using namespace std::chrono_literals;
using http::LoopbackClient;
using Steady = std::chrono::steady_clock;

// A handler that tells when it has begun and ends when it is told.
struct Busy {
  std::promise<void> begun;
  std::promise<void> end;
  std::atomic<int> runs{0};
  http::Response operator()(const http::Request& request) {
    if (runs++ == 0) {
      begun.set_value();
      end.get_future().wait();
    }
    return later(request);
  }
};

TEST(WireServerStop, ClosesIdleConnectionsAtOnce) {
  const auto server = serve({.limits = {.stop_grace = 60s}});
  std::vector<LoopbackClient> idle;
  for (int i = 0; i < 100; ++i) {
    idle.emplace_back(server->port());
    idle.back().send(kGet);
    ASSERT_EQ(content(idle.back().read_answer()), "GET /g []");
  }
  const auto start = Steady::now();
  server->stop();
  EXPECT_LT(since(start), kSoon);
  for (LoopbackClient& client : idle) EXPECT_EQ(client.read_to_end(), "");
}

TEST(WireServerStop, FinishesTheRequestThatRuns) {
  Busy busy;
  const auto server = serve({.limits = {.stop_grace = 60s}}, [&](const http::Request& r) { return busy(r); });
  LoopbackClient client(server->port());
  client.send(get("/later/x") + std::string(kGet));
  busy.begun.get_future().wait();
  LoopbackClient half(server->port());
  half.send(kGet.substr(0, 10));
  ASSERT_TRUE(await([&] { return server->counters().connections == 2; }));
  std::this_thread::sleep_for(50ms);
  std::thread stop([&] { server->stop(); });
  EXPECT_TRUE(await([&] { return !LoopbackClient(server->port()).connected(); }));
  half.send(kGet.substr(10));
  EXPECT_NE(half.read_to_end().find("Connection: close\r\n\r\nGET /g []"), std::string::npos);
  busy.end.set_value();
  const std::string got = client.read_to_end();
  stop.join();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 ")) << got;
  EXPECT_NE(got.find("Connection: close\r\n"), std::string::npos);
  server->stop();  // again is harmless
}

TEST(WireServerStop, DropsWhatIsStillWaitingWhenTheGraceIsOver) {
  Busy busy;
  const auto server = serve({.worker_threads = 1, .limits = {.stop_grace = 150ms}},
                            [&](const http::Request& r) { return busy(r); });
  LoopbackClient running(server->port());
  running.send(get("/later/1"));
  busy.begun.get_future().wait();
  LoopbackClient waiting(server->port()), half(server->port());
  waiting.send(get("/later/2"));
  half.send("GET / HT");
  ASSERT_TRUE(await([&] { return server->counters().later == 2; }));
  const auto start = Steady::now();
  std::thread stop([&] { server->stop(); });
  EXPECT_EQ(running.read_to_end(), "");
  EXPECT_EQ(waiting.read_to_end(), "");
  EXPECT_EQ(half.read_to_end(), "");
  EXPECT_LT(since(start), kSoon);
  busy.end.set_value();
  stop.join();
  EXPECT_EQ(busy.runs, 1);
}

TEST(WireServerStop, EndsUnderLoadWithWholeAnswersOnly) {
  const auto server = serve({.limits = {.stop_grace = 5s}});
  std::atomic<int> answered{0}, torn{0};
  std::vector<std::thread> clients;
  for (int number = 0; number < 6; ++number)
    clients.emplace_back([&, number] {
      LoopbackClient client(server->port());
      const std::string request = get(number % 2 ? "/later/x" : "/x");
      while (client.send(request + request)) {
        for (int i = 0; i < 2; ++i) {
          const std::string got = client.read_answer();
          if (got.empty()) return;
          got.find(" []") != std::string::npos ? ++answered : ++torn;
        }
      }
    });
  EXPECT_TRUE(await([&] { return answered > 200; }));
  const auto start = Steady::now();
  server->stop();
  EXPECT_LT(since(start), kSoon);
  for (auto& client : clients) client.join();
  EXPECT_EQ(torn, 0);
}

TEST(WireServerStop, LeavesItsPortToTheNextServerAtOnce) {
  auto server = serve();
  const std::uint16_t port = server->port();
  for (int i = 0; i < 5; ++i) {
    LoopbackClient client(port);
    client.send(kGet);
    EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 200 "));
    server.reset();  // the client's end is still open: the server's waits in the kernel
    server = serve({.port = port});
    ASSERT_TRUE(server);
  }
}

}  // namespace
}  // namespace shomei::wire
