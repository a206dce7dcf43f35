// The server under clients that are slow, large, many, deaf or gone.
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <vector>

#include "wire/server_testing.h"

namespace shomei::wire {
namespace {

using namespace std::chrono_literals;
using http::LoopbackClient;
using Steady = std::chrono::steady_clock;

std::string with_head_of(std::size_t bytes) {
  std::string request = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: ";
  return request + std::string(bytes - request.size() - 4, 'x') + "\r\n\r\n";
}

// Of this process, in bytes.
std::size_t resident_bytes() {
  std::size_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(WireServerLimits, TakesAHeadUpToTheLimitAndNoMore) {
  const auto server = serve({.limits = {.request = {.head_bytes_max = 1000}}});
  EXPECT_TRUE(ask(*server, with_head_of(1000)).starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(ask(*server, with_head_of(1001)).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(ask(*server, with_head_of(500'000)).starts_with("HTTP/1.1 431 "));
  EXPECT_TRUE(ask(*server, "GET /" + std::string(500'000, 'a')).starts_with("HTTP/1.1 431 "));
  EXPECT_EQ(server->counters().too_large, 3U);
}

TEST(WireServerLimits, TakesABodyUpToTheLimitAndNoMore) {
  const auto server = serve({.limits = {.request = {.body_bytes_max = 100}}});
  const auto post = [&](std::size_t bytes) {
    return ask(*server, "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " +
                            std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x'));
  };
  EXPECT_TRUE(post(100).starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(post(101).starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(post(900'000).starts_with("HTTP/1.1 413 "));
}

TEST(WireServerLimits, EndsARefusedUploadWithoutAReset) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n" + std::string(900'000, 'x'));
  client.send_no_more();
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 413 "));
  EXPECT_FALSE(client.was_reset());
}

// One byte each 30 ms is never late by itself; the head as a whole is.
TEST(WireServerLimits, EndsAHeadThatTricklesIn) {
  const auto server = serve({.limits = {.head_timeout = 200ms}});
  LoopbackClient client(server->port());
  const auto start = Steady::now();
  std::atomic<bool> answered{false};
  std::thread trickle([&] {
    for (const char c : with_head_of(1000)) {
      if (answered || !client.send(std::string_view(&c, 1))) return;
      std::this_thread::sleep_for(30ms);
    }
  });
  const std::string got = client.read_until_empty_line();
  EXPECT_LT(since(start), kSoon);
  EXPECT_GE(since(start), 150ms);
  answered = true;
  trickle.join();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 408 ")) << got;
  EXPECT_EQ(server->counters().late, 1U);
}

// The time begins anew with each request, not with each byte.
TEST(WireServerLimits, GivesEachHeadItsWholeTime) {
  const auto server = serve({.limits = {.head_timeout = 1500ms}});
  LoopbackClient client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.send(kGet.substr(0, 9));
    std::this_thread::sleep_for(700ms);
    client.send(std::string(kGet.substr(9)));
    ASSERT_EQ(content(client.read_answer()), "GET /g []") << i;
  }
}

TEST(WireServerLimits, EndsABodyThatDoesNotCome) {
  const auto server = serve({.limits = {.body_timeout = 150ms}});
  for (const std::string framing :
       {"Content-Length: 5\r\n\r\nhel", "Transfer-Encoding: chunked\r\n\r\n5\r\nhel"}) {
    const auto start = Steady::now();
    EXPECT_TRUE(ask(*server, "POST / HTTP/1.1\r\nHost: h\r\n" + framing).starts_with("HTTP/1.1 408 "));
    EXPECT_LT(since(start), kSoon);
  }
}

TEST(WireServerLimits, ClosesConnectionsThatSayNothing) {
  const auto server = serve({.limits = {.idle_timeout = 150ms}});
  const auto start = Steady::now();
  LoopbackClient silent(server->port());
  LoopbackClient idle(server->port());
  idle.send(kGet);
  EXPECT_TRUE(idle.read_answer().starts_with("HTTP/1.1 200 "));
  LoopbackClient empty_lines(server->port());
  empty_lines.send("\r\n\r\n");
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(empty_lines.read_to_end(), "");
  EXPECT_LT(since(start), kSoon);
  EXPECT_EQ(server->counters().late, 0U);
}

TEST(WireServerLimits, DoesNotCloseAConnectionThatIsUsed) {
  const auto server = serve({.limits = {.idle_timeout = 600ms}});
  LoopbackClient client(server->port());
  for (const auto start = Steady::now(); since(start) < 1500ms; std::this_thread::sleep_for(30ms)) {
    client.send(kGet);
    ASSERT_EQ(content(client.read_answer()), "GET /g []");
  }
}

TEST(WireServerLimits, GivesUpOnAClientThatDoesNotRead) {
  const auto server = serve({.loops = 1, .limits = {.write_timeout = 200ms, .connections_max = 2}});
  LoopbackClient deaf(server->port(), 4096), other(server->port());
  deaf.send(get("/later/large"));
  for (int i = 0; i < 20; ++i) {
    other.send(kGet);
    ASSERT_EQ(content(other.read_answer()), "GET /g []");
  }
  EXPECT_TRUE(
      await([&] { return server->counters().not_taken == 1 && server->counters().connections == 1; }));
  EXPECT_LT(deaf.read_to_end().size(), kLargeBytes);
}

// Slowly, and as fast as it must.
TEST(WireServerLimits, WaitsForAClientThatReadsSlowly) {
  const auto server = serve({.limits = {.write_timeout = 300ms, .write_bytes_per_second_min = 1000}});
  LoopbackClient slow(server->port(), 64 * 1024);
  slow.send(get("/later/large"));
  slow.read_until_empty_line();
  std::size_t got = 0;
  for (int i = 0; i < 8; ++i, std::this_thread::sleep_for(150ms))
    got += slow.read_at_most(1024 * 1024).size();
  EXPECT_EQ(got + slow.read_at_most(kLargeBytes - got).size(), kLargeBytes);
}

// Its requests stay with the system as long as its answers are not taken.
TEST(WireServerLimits, StopsReadingFromAClientThatDoesNotRead) {
  const auto server = serve({.loops = 1, .limits = {.write_timeout = 60s}});
  LoopbackClient deaf(server->port(), 4096);
  std::string all;
  for (int i = 0; i < 40; ++i) all += get("/megabyte");
  const auto before = resident_bytes();
  ASSERT_TRUE(deaf.send(all));
  LoopbackClient other(server->port());
  for (int i = 0; i < 50; ++i) {
    other.send(kGet);
    ASSERT_EQ(content(other.read_answer()), "GET /g []");
  }
  EXPECT_LT(server->counters().requests, 50U + 20U);
  EXPECT_LT(resident_bytes(), before + 16 * 1024 * 1024);
  for (int i = 0; i < 40; ++i) ASSERT_EQ(content(deaf.read_answer()).size(), 1024U * 1024U) << i;
}

TEST(WireServerLimits, AnswersBesideClientsThatAreGoneOrReset) {
  const auto server = serve();
  LoopbackClient steady(server->port());
  for (int i = 0; i < 50; ++i) {
    LoopbackClient resets(server->port());
    resets.send(i % 2 ? get("/later/large") : std::string(kGet) + "GET /ha");
    if (i % 3 == 0) resets.reset();
    LoopbackClient leaves(server->port());
    leaves.send(get("/later/x"));
    steady.send(kGet);
    ASSERT_EQ(content(steady.read_answer()), "GET /g []");
  }
  EXPECT_TRUE(await([&] { return server->counters().connections == 1; }));
}

TEST(WireServerLimits, ClosesOneConnectionTooManyAtOnce) {
  const auto server = serve({.limits = {.connections_max = 2}});
  EXPECT_EQ(server->connections_max(), 2U);
  {
    LoopbackClient first(server->port()), second(server->port());
    for (LoopbackClient* client : {&first, &second}) {
      client->send(kGet);
      ASSERT_TRUE(client->read_answer().starts_with("HTTP/1.1 200 "));
    }
    LoopbackClient third(server->port());
    EXPECT_EQ(third.read_to_end(), "");
    EXPECT_EQ(server->counters().turned_away, 1U);
    EXPECT_EQ(server->counters().connections, 2U);
    first.send(kGet);
    EXPECT_TRUE(first.read_answer().starts_with("HTTP/1.1 200 "));
  }
  EXPECT_TRUE(await([&] { return ask(*server, "GET / HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200 "); }));
}

TEST(WireServerLimits, HoldsNoMoreOfUnfinishedRequestsThanItMay) {
  const auto server = serve({.loops = 1, .limits = {.held_bytes_max = 20'000}});
  const std::string unfinished = "GET /" + std::string(8000, 'a');
  std::vector<LoopbackClient> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back(server->port());
    clients.back().send(unfinished);
  }
  EXPECT_TRUE(await([&] { return server->counters().turned_away == 2; }));
  LoopbackClient other(server->port());
  other.send(kGet);
  EXPECT_EQ(content(other.read_answer()), "GET /g []");
  clients.clear();
  LoopbackClient again(server->port());
  EXPECT_TRUE(await([&] { return server->counters().connections == 2; }));
  again.send(unfinished + " HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(again.read_answer().starts_with("HTTP/1.1 200 "));
}

TEST(WireServerLimits, HoldsTwoThousandIdleConnectionsAtLittleCost) {
  const auto server = serve();
  std::vector<LoopbackClient> idle;
  LoopbackClient busy(server->port());
  const auto before = resident_bytes();
  for (int i = 0; i < 2000; ++i) {
    idle.emplace_back(server->port());
    ASSERT_TRUE(idle.back().connected()) << i;
    if (i % 2 == 0) idle.back().send(kGet);
    busy.send(kGet);
    ASSERT_EQ(content(busy.read_answer()), "GET /g []");
  }
  for (int i = 0; i < 2000; i += 2)
    ASSERT_EQ(content(idle[static_cast<std::size_t>(i)].read_answer()), "GET /g []");
  EXPECT_EQ(server->counters().connections, 2001U);
  EXPECT_LT(resident_bytes() - before, 2000U * 4096U) << "with the clients' ends, and what a sanitizer adds";
  idle[1].send(kGet);
  EXPECT_EQ(content(idle[1].read_answer()), "GET /g []");
}

TEST(WireServerLimits, DoesNotSpinWhenDescriptorsHaveRunOut) {
  std::atomic<int> lines{0};
  Settings settings{.loops = 1};
  settings.log = [&](std::string_view line) { lines += line.starts_with("no connection can be accepted"); };
  const auto server = serve(std::move(settings));
  std::vector<LoopbackClient> clients;
  for (int i = 0; i < 10; ++i) clients.emplace_back(server->port());
  ASSERT_TRUE(await([&] { return server->counters().connections == 10; }));
  const int next = ::dup(0);
  ::close(next);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  clients.emplace_back(server->port());
  ASSERT_TRUE(await([&] { return server->counters().connections == 11; }));
  clients.pop_back();
  ASSERT_TRUE(await([&] { return server->counters().connections == 10; }));
  // One descriptor is left, for the client's end of the next connection.
  const rlimit few{static_cast<rlim_t>(next) + 1, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  LoopbackClient waiting(server->port());
  std::this_thread::sleep_for(50ms);
  timespec cpu_before{}, cpu_after{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_before);
  clients[0].send(kGet);
  EXPECT_EQ(content(clients[0].read_answer()), "GET /g []");
  std::this_thread::sleep_for(500ms);
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_after);
  EXPECT_LT(
      (cpu_after.tv_sec - cpu_before.tv_sec) * 1000 + (cpu_after.tv_nsec - cpu_before.tv_nsec) / 1'000'000,
      100);
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(lines, 1);
  waiting.send(kGet);
  EXPECT_EQ(content(waiting.read_answer()), "GET /g []");
}

}  // namespace
}  // namespace shomei::wire
