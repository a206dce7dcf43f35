// The server under clients that are slow, large, many or still there when it stops.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <thread>
#include <vector>

#include "http/loopback_client.h"
#include "http/server.h"

namespace shomei::http {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

// Many times the limits of these tests, for slow machines, and less than the limits that stand by default.
constexpr auto kSoon = 4s;
constexpr std::string_view kGet = "GET /g HTTP/1.1\r\nHost: h\r\n\r\n";

Response hello(const Request&) {
  return answer(200, "text/plain", to_bytes(std::string_view("hello")));
}

std::unique_ptr<Server> serve(const ServerLimits& limits, Handler handler = hello, unsigned workers = 2) {
  ServerSettings settings;
  settings.limits = limits;
  settings.worker_threads = workers;
  auto server = Server::listen(std::move(settings), std::move(handler));
  EXPECT_TRUE(server);
  return server ? *std::move(server) : nullptr;
}

std::string ask(const Server& server, std::string_view request) {
  LoopbackClient client(server.port());
  client.send(request);
  return client.read_to_end();
}

std::chrono::milliseconds since(Steady::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - start);
}

bool await(const std::function<bool()>& holds) {
  for (const auto start = Steady::now(); since(start) < 10s; std::this_thread::sleep_for(10ms))
    if (holds()) return true;
  return false;
}

std::string with_header_of(std::size_t bytes) {
  std::string request = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: ";
  return request + std::string(bytes - request.size() - 4, 'x') + "\r\n\r\n";
}

TEST(ServerLimits, TakesAHeaderUpToTheLimitAndNoMore) {
  const auto server = serve({.header_bytes_max = 1000});
  EXPECT_TRUE(ask(*server, with_header_of(999)).starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(ask(*server, with_header_of(1001)).starts_with("HTTP/1.1 431 "));
  const std::string both =
      "GET /" + std::string(600, 'a') + " HTTP/1.1\r\nHost: " + std::string(600, 'h') + "\r\n\r\n";
  EXPECT_TRUE(ask(*server, both).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(ask(*server, with_header_of(500'000)).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(ask(*server, "GET /" + std::string(500'000, 'a')).starts_with("HTTP/1.1 431 "));
}

TEST(ServerLimits, TakesABodyUpToTheLimitAndNoMore) {
  const auto server = serve({.body_bytes_max = 100});
  const auto post = [&](std::size_t bytes) {
    return ask(*server, "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " +
                            std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x'));
  };
  EXPECT_TRUE(post(100).starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(post(101).starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(post(900'000).starts_with("HTTP/1.1 413 "));
}

TEST(ServerLimits, EndsARefusedUploadWithoutAReset) {
  const auto server = serve({.body_bytes_max = 100});
  LoopbackClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n" + std::string(900'000, 'x'));
  client.send_no_more();
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 413 "));
  EXPECT_FALSE(client.was_reset());
}

TEST(ServerLimits, CountsChunksAndTheirExtensionsAgainstTheLimit) {
  const auto server = serve({.body_bytes_max = 100});
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string small_chunks = head;
  for (int i = 0; i < 101; ++i) small_chunks += "1\r\nx\r\n";
  EXPECT_TRUE(ask(*server, small_chunks).starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(ask(*server, head + "ffffffffffffffff\r\nx").starts_with("HTTP/1.1 4"));
  EXPECT_TRUE(ask(*server, head + "1;" + std::string(200'000, 'e')).starts_with("HTTP/1.1 4"));
}

// Byte by byte: Beast alone stops the process at the fourth of an empty body (request_reader.cc).
TEST(ServerLimits, OutlivesChunksThatTrickleIn) {
  const auto server = serve({});
  for (const std::string_view body :
       {"0\r\n\r\n", "0\r\nLate: 1\r\n\r\n", "2\r\nab\r\n0\r\nLate: 1\r\n\r\n"}) {
    LoopbackClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char c : body) {
      std::this_thread::sleep_for(3ms);
      ASSERT_TRUE(client.send(std::string_view(&c, 1)));
    }
    EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 200 ")) << body;
  }
}

// One byte each 30 ms is never late by itself; the header as a whole is.
TEST(ServerLimits, EndsAHeaderThatTricklesIn) {
  const auto server = serve({.header_timeout = 200ms});
  LoopbackClient client(server->port());
  const auto start = Steady::now();
  std::atomic<bool> answered{false};
  std::thread trickle([&] {
    for (const char c : with_header_of(1000)) {
      if (answered || !client.send(std::string_view(&c, 1))) return;
      std::this_thread::sleep_for(30ms);
    }
  });
  const std::string got = client.read_until_empty_line();
  EXPECT_LT(since(start), kSoon);
  answered = true;
  trickle.join();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 408 ")) << got;
}

TEST(ServerLimits, EndsABodyThatDoesNotCome) {
  const auto server = serve({.body_timeout = 150ms});
  const auto start = Steady::now();
  EXPECT_TRUE(ask(*server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel")
                  .starts_with("HTTP/1.1 408 "));
  EXPECT_LT(since(start), kSoon);
}

TEST(ServerLimits, ClosesConnectionsThatSayNothing) {
  const auto server = serve({.header_timeout = 150ms, .idle_timeout = 150ms});
  const auto start = Steady::now();
  LoopbackClient silent(server->port());
  LoopbackClient idle(server->port());
  idle.send(kGet);
  EXPECT_TRUE(idle.read_answer().starts_with("HTTP/1.1 200 "));
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_LT(since(start), kSoon);
}

TEST(ServerLimits, GivesUpOnAClientThatDoesNotRead) {
  const auto large = std::make_shared<const Bytes>(16 * 1024 * 1024, std::uint8_t{'x'});
  const auto server = serve(
      {.write_timeout = 150ms, .write_bytes_per_second_min = std::size_t{1} << 40, .connections_max = 1},
      [&](const Request&) { return Response{.shared_body = large}; });
  LoopbackClient deaf(server->port(), 4096);
  deaf.send(kGet);
  // The one place there is becomes free again: the answer is given up, and lingering ends.
  std::string got;
  EXPECT_TRUE(await([&] {
    LoopbackClient next(server->port());
    next.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    got = next.read_to_end();
    return got.starts_with("HTTP/1.1 200 ");
  })) << got;
  EXPECT_LT(deaf.read_to_end().size(), large->size());
}

TEST(ServerLimits, SendsALargeSharedAnswerWhole) {
  const auto large = std::make_shared<const Bytes>(3'000'000, std::uint8_t{'x'});
  const auto server = serve({}, [&](const Request&) { return Response{.shared_body = large}; });
  LoopbackClient client(server->port());
  client.send(kGet);
  const std::string got = client.read_answer();
  EXPECT_EQ(got.size() - got.find("\r\n\r\n") - 4, large->size());
}

TEST(ServerLimits, TurnsAwayOneConnectionTooMany) {
  const auto server = serve({.connections_max = 2});
  {
    LoopbackClient first(server->port());
    LoopbackClient second(server->port());
    first.send(kGet);
    second.send(kGet);
    EXPECT_TRUE(first.read_answer().starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(second.read_answer().starts_with("HTTP/1.1 200 "));
    LoopbackClient third(server->port());
    const std::string got = third.read_to_end();
    EXPECT_TRUE(got.starts_with("HTTP/1.1 503 ")) << got;
    first.send(kGet);
    EXPECT_TRUE(first.read_answer().starts_with("HTTP/1.1 200 "));
  }
  EXPECT_TRUE(await([&] { return ask(*server, "GET / HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200 "); }));
}

TEST(ServerLimits, EndsAConnectionAfterItsLastRequest) {
  const auto server = serve({.requests_per_connection_max = 2});
  LoopbackClient client(server->port());
  client.send(std::string(kGet) + std::string(kGet) + std::string(kGet));
  EXPECT_EQ(client.read_answer().find("Connection: close"), std::string::npos);
  EXPECT_NE(client.read_answer().find("Connection: close"), std::string::npos);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(ServerLimits, HoldsTwoHundredIdleConnectionsAndStillAnswers) {
  const auto server = serve({.idle_timeout = 60s, .stop_grace = 60s});
  std::vector<LoopbackClient> idle;
  for (int i = 0; i < 200; ++i) idle.emplace_back(server->port());
  const auto start = Steady::now();
  EXPECT_TRUE(ask(*server, "GET / HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200 "));
  EXPECT_LT(since(start), kSoon);
  for (auto& client : idle) {
    client.send(kGet);
    ASSERT_TRUE(client.read_answer().starts_with("HTTP/1.1 200 "));
  }
  const auto stopping = Steady::now();
  server->stop();
  EXPECT_LT(since(stopping), kSoon) << "idle connections hold the stop up";
}

// A handler that tells when it has begun and ends when it is told.
struct Busy {
  std::promise<void> begun;
  std::promise<void> end;
  std::atomic<int> runs{0};
  Response operator()(const Request& request) {
    if (runs++ == 0) {
      begun.set_value();
      end.get_future().wait();
    }
    return hello(request);
  }
};

TEST(ServerLimits, FinishesTheRequestThatRunsWhenItStops) {
  Busy busy;
  const auto server = serve({.stop_grace = 60s}, [&](const Request& r) { return busy(r); });
  LoopbackClient client(server->port());
  client.send(kGet);
  busy.begun.get_future().wait();
  std::thread stop([&] { server->stop(); });
  EXPECT_TRUE(await([&] { return !LoopbackClient(server->port()).connected(); }));
  busy.end.set_value();
  const std::string got = client.read_to_end();
  stop.join();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 ")) << got;
  EXPECT_NE(got.find("Connection: close\r\n"), std::string::npos);
  server->stop();  // again is harmless
}

TEST(ServerLimits, LeavesItsPortToTheNextServerAtOnce) {
  auto server = serve({});
  const std::uint16_t port = server->port();
  for (int i = 0; i < 5; ++i) {
    LoopbackClient client(port);
    client.send(kGet);
    EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 200 "));
    server.reset();  // the client's end is still open: the server's waits in the kernel
    auto next = Server::listen({.port = port}, hello);
    ASSERT_TRUE(next) << next.error().parameter("reason");
    server = *std::move(next);
  }
}

TEST(ServerLimits, DropsWhatIsStillWaitingWhenTheGraceIsOver) {
  Busy busy;
  const auto server = serve(
      {.stop_grace = 150ms}, [&](const Request& r) { return busy(r); }, 1);
  LoopbackClient running(server->port());
  running.send(kGet);
  busy.begun.get_future().wait();
  LoopbackClient waiting(server->port());
  waiting.send(kGet);
  LoopbackClient half(server->port());
  half.send("GET / HT");
  // It needs no worker, and comes behind those two.
  EXPECT_TRUE(ask(*server, "no request\r\n\r\n").starts_with("HTTP/1.1 400 "));
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

}  // namespace
}  // namespace shomei::http
