// The server as a client sees it, over real sockets: what is answered. Limits and deadlines:
// server_limits_test.cc.
#include "wire/server.h"

#include <mutex>
#include <vector>

#include "wire/server_testing.h"

namespace shomei::wire {
namespace {

using namespace std::chrono_literals;
using http::LoopbackClient;

constexpr std::string_view kPost = "POST /a%2Fb HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
constexpr std::string_view kLater = "POST /later/a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";

TEST(WireServer, AnswersOnTheLoopAndFromTheHandler) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send(kPost);
  EXPECT_EQ(content(client.read_answer()), "POST /a%2Fb [hello]");
  client.send(kLater);
  const std::string got = client.read_answer();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 OK\r\n")) << got;
  EXPECT_NE(got.find("\r\nDate: "), std::string::npos);
  EXPECT_EQ(content(got), "POST /later/a [hello] of 127.0.0.1 2");
  EXPECT_EQ(server->url(), "http://127.0.0.1:" + std::to_string(server->port()));
}

TEST(WireServer, AnswersARequestCutAtEveryByte) {
  const auto server = serve();
  for (const std::string_view request : {kPost, kLater}) {
    LoopbackClient client(server->port());
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
      ASSERT_TRUE(client.send(request.substr(0, cut)));
      std::this_thread::sleep_for(2ms);
      ASSERT_TRUE(client.send(request.substr(cut)));
      ASSERT_TRUE(content(client.read_answer()).starts_with("POST /")) << cut;
    }
  }
  EXPECT_EQ(server->counters().requests, kPost.size() + kLater.size() - 2);
  EXPECT_EQ(server->counters().malformed, 0U);
}

TEST(WireServer, AnswersARequestThatComesByteByByte) {
  const auto server = serve();
  LoopbackClient client(server->port());
  const std::string chunked =
      "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nLate: "
      "1\r\n\r\n";
  for (const std::string_view request : {std::string_view(chunked), kLater, kGet})
    for (const char c : request) {
      ASSERT_TRUE(client.send({&c, 1}));
      std::this_thread::sleep_for(1ms);
    }
  EXPECT_EQ(content(client.read_answer()), "POST /c [abcde]");
  EXPECT_TRUE(content(client.read_answer()).starts_with("POST /later/a [hello]"));
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
}

TEST(WireServer, ClosesQuietlyWhenARequestIsCutOffAtAnyByte) {
  const auto server = serve();
  for (std::size_t cut = 0; cut < kPost.size(); ++cut) {
    LoopbackClient client(server->port());
    client.send(kPost.substr(0, cut));
    client.send_no_more();
    ASSERT_EQ(client.read_to_end(), "") << cut;
  }
}

TEST(WireServer, OutlivesBentBytes) {
  const auto server = serve();
  for (std::size_t at = 0; at < kPost.size(); ++at) {
    std::string bent(kPost);
    bent[at] = static_cast<char>(bent[at] ^ 0x95);
    LoopbackClient client(server->port());
    client.send(bent);
    client.send_no_more();
    const std::string got = client.read_to_end();
    ASSERT_TRUE(got.empty() || got.starts_with("HTTP/1.1 ")) << at << ": " << got;
  }
}

TEST(WireServer, AnswersAHundredPipelinedRequestsInOrder) {
  const auto server = serve();
  LoopbackClient client(server->port());
  std::string all;
  for (int i = 0; i < 100; ++i) all += get("/" + std::to_string(i)) + "\r\n";
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 100; ++i) ASSERT_EQ(content(client.read_answer()), "GET /" + std::to_string(i) + " []");
}

TEST(WireServer, KeepsTheOrderWhenTheHandlerIsSlowerThanTheLoop) {
  const auto server = serve({}, [](const http::Request& request) {
    std::this_thread::sleep_for(5ms);
    return later(request);
  });
  LoopbackClient client(server->port());
  std::string all;
  for (int i = 0; i < 60; ++i) all += get((i % 3 == 0 ? "/later/" : "/") + std::to_string(i));
  ASSERT_TRUE(client.send(all));
  client.send_no_more();
  for (int i = 0; i < 60; ++i)
    ASSERT_TRUE(content(client.read_answer())
                    .starts_with((i % 3 == 0 ? "GET /later/" : "GET /") + std::to_string(i) + " []"));
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(server->counters().later, 20U);
}

TEST(WireServer, AnswersTheGoodRequestsBeforeGarbage) {
  const auto server = serve();
  const std::string got =
      ask(*server, std::string(kGet) + get("/later/b") + "no request at all\r\n\r\n" + std::string(kGet));
  EXPECT_EQ(got.find("GET /g []HTTP/1.1 200 OK"), got.find("\r\n\r\n") + 4) << got;
  EXPECT_NE(got.find("GET /later/b []"), std::string::npos);
  const auto refused = got.find("HTTP/1.1 400 Bad Request\r\n");
  ASSERT_NE(refused, std::string::npos) << got;
  EXPECT_NE(got.find("Connection: close\r\n", refused), std::string::npos);
  EXPECT_EQ(got.find("HTTP/1.1 ", refused + 1), std::string::npos) << "something was answered after it";
  EXPECT_EQ(server->counters().malformed, 1U);
}

TEST(WireServer, RefusesATlsHelloAndCloses) {
  const auto server = serve();
  LoopbackClient client(server->port());
  std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  client.send(hello + std::string(500, '\0'));
  const std::string got = client.read_to_end();
  EXPECT_TRUE(got.starts_with("HTTP/1.1 400 ")) << got;
  EXPECT_FALSE(client.was_reset());
}

TEST(WireServer, RefusesATargetThatClimbsOnlyWhereItIsDecoded) {
  const auto server = serve();
  EXPECT_TRUE(ask(*server, get("/later/../x")).starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(ask(*server, get("/later/%00")).starts_with("HTTP/1.1 400 "));
}

TEST(WireServer, AnswersAClientThatHasSaidThatItSendsNoMore) {
  const auto server = serve();
  for (const std::string_view request : {kPost, kLater}) {
    LoopbackClient client(server->port());
    client.send(request);
    client.send_no_more();
    EXPECT_TRUE(content(client.read_to_end()).starts_with("POST /")) << request;
    EXPECT_FALSE(client.was_reset());
  }
}

TEST(WireServer, AnswersHeadWithoutTheContent) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send("HEAD /later/x HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(kGet));
  EXPECT_NE(client.read_answer(true).find("Content-Length: 31\r\n"), std::string::npos);
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
  client.send("HEAD /later/large HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(kGet));
  EXPECT_NE(client.read_answer(true).find("Content-Length: 16777216\r\n"), std::string::npos);
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
}

TEST(WireServer, TellsAClientThatWaitsToContinue) {
  const auto server = serve();
  LoopbackClient client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.read_until_empty_line(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("h");
    std::this_thread::sleep_for(5ms);
    client.send("i");
    EXPECT_EQ(content(client.read_answer()), "POST /e [hi]");
  }
}

TEST(WireServer, KeepsOrClosesTheConnectionAsTheVersionSays) {
  const auto server = serve();
  for (const std::string path : {"/", "/later/"}) {
    EXPECT_NE(ask(*server, "GET " + path + " HTTP/1.0\r\n\r\n").find("Connection: close\r\n"),
              std::string::npos);
    LoopbackClient old(server->port());
    for (int i = 0; i < 2; ++i) {
      old.send("GET " + path + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      EXPECT_NE(old.read_answer().find("Connection: keep-alive\r\n"), std::string::npos);
    }
    const std::string got =
        ask(*server, "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + std::string(kGet));
    EXPECT_NE(got.find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(got.find("HTTP/1.1 ", 1), std::string::npos) << "what came after the last request was answered";
  }
}

TEST(WireServer, SurvivesWhatThrows) {
  std::mutex guard;
  std::string logged;
  Settings settings;
  settings.log = [&](std::string_view line) {
    const std::lock_guard lock(guard);
    if (line.find("threw") != std::string_view::npos) logged.append(line).append("\n");
  };
  const auto server = serve(std::move(settings));
  const std::string got = ask(*server, std::string(kGet) + get("/throw"));
  EXPECT_EQ(got.find("half"), std::string::npos) << got;
  EXPECT_NE(got.find("GET /g []HTTP/1.1 500 "), std::string::npos) << got;
  LoopbackClient client(server->port());
  client.send(get("/later/throw"));
  EXPECT_EQ(content(client.read_answer()), "500 Internal Server Error\n");
  client.send(kGet);
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
  const std::lock_guard lock(guard);
  EXPECT_EQ(logged, "an answer threw: of the test\na handler threw: of the test\n");
}

TEST(WireServer, MakesItsOwnAnswersWithTheGivenPage) {
  Settings settings;
  settings.error_page = [](int status) {
    return http::answer(status, "text/x", to_bytes(std::string_view("page")));
  };
  EXPECT_EQ(content(ask(*serve(std::move(settings)), "garbage\r\n\r\n")), "page");
}

TEST(WireServer, SendsALargeAnswerWholeFromWhereItLies) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send(get("/later/large") + get("/megabyte") + std::string(kGet));
  EXPECT_EQ(content(client.read_answer()), std::string(kLargeBytes, 'x'));
  EXPECT_EQ(content(client.read_answer()), std::string(1024 * 1024, 'm'));
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
}

TEST(WireServer, SendsAPartOfSharedContentAndNoMore) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send(get("/later/part") + get("/later/part") + std::string(kGet));
  EXPECT_EQ(content(client.read_answer()), "3456");
  EXPECT_EQ(content(client.read_answer()), "3456");
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
}

// An answer of the handler comes in the same batch as requests that the loop answers itself.
TEST(WireServer, KeepsTheOrderWhenTheHandlersAnswerAndFurtherRequestsComeTogether) {
  const auto server = serve({.loops = 1});
  std::vector<std::unique_ptr<LoopbackClient>> clients;
  for (int i = 0; i < 16; ++i) clients.push_back(std::make_unique<LoopbackClient>(server->port()));
  for (int round = 0; round < 30; ++round) {
    for (auto& client : clients) client->send(get("/later/a") + std::string(kGet) + get("/later/b"));
    for (auto& client : clients) client->send(kGet);
    for (auto& client : clients) {
      EXPECT_TRUE(content(client->read_answer()).starts_with("GET /later/a"));
      EXPECT_EQ(content(client->read_answer()), "GET /g []");
      EXPECT_TRUE(content(client->read_answer()).starts_with("GET /later/b"));
      EXPECT_EQ(content(client->read_answer()), "GET /g []");
    }
  }
}

TEST(WireServer, RefusesAnAddressOrPortThatItCannotHave) {
  const auto first = serve();
  for (const unsigned loops : {1U, 3U}) {
    const auto again = Server::listen(
        {.port = first->port(), .loops = loops}, [] { return std::make_unique<Echo>(); }, later);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "port_busy");
    EXPECT_EQ(again.error().parameter("port"), std::to_string(first->port()));
  }
  const auto unparsed = Server::listen(
      {.address = "localhost"}, [] { return std::make_unique<Echo>(); }, later);
  ASSERT_FALSE(unparsed);
  EXPECT_EQ(unparsed.error().code, "address_form");
  const auto foreign = Server::listen(
      {.address = "192.0.2.1"}, [] { return std::make_unique<Echo>(); }, later);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, "listen_failed");
}

// Eight clients over three loops and all workers: answers must not be mixed up. Under ThreadSanitizer this is
// the race test.
TEST(WireServer, ServesManyClientsAtOnce) {
  const auto server = serve({.loops = 3});
  std::atomic<int> wrong{0};
  std::vector<std::thread> clients;
  for (int number = 0; number < 8; ++number)
    clients.emplace_back([&, number] {
      LoopbackClient client(server->port());
      for (int i = 0; i < 100; ++i) {
        const std::string path = (i % 2 ? "/later/" : "/") + std::to_string(number) + "-" + std::to_string(i);
        client.send(get(path));
        if (!content(client.read_answer()).starts_with("GET " + path + " []")) ++wrong;
        if (i % 10 == 0 && server->counters().requests == 0) ++wrong;
      }
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(server->counters().requests, 800U);
  EXPECT_EQ(server->counters().later, 400U);
  EXPECT_EQ(server->counters().accepted, 8U);
  EXPECT_TRUE(await([&] { return server->counters().connections == 0; }));
}

}  // namespace
}  // namespace shomei::wire
