// The server as a client sees it, over real sockets: what is answered. Limits and deadlines:
// server_limits_test.cc.
#include "http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "http/loopback_client.h"
#include "http/router.h"

namespace shomei::http {
namespace {

using namespace std::chrono_literals;

std::string described(const Request& request) {
  std::string text = request.method + " " + request.path;
  for (const Field& field : request.query) text += " " + field.name + "=" + field.value;
  return text + " [" + to_text(request.body) + "]";
}

Response echo(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("of the test");
  if (request.path == "/throw-int") throw 1;
  if (request.path == "/empty")
    return answer(204, "text/plain", to_bytes(std::string_view("no place for this")));
  const std::string text = described(request);
  return answer(200, "text/plain", to_bytes(std::string_view(text)));
}

std::unique_ptr<Server> serve(ServerSettings settings = {}, Handler handler = echo) {
  auto server = Server::listen(std::move(settings), std::move(handler));
  EXPECT_TRUE(server) << (server ? "" : server.error().code);
  return server ? *std::move(server) : nullptr;
}

std::string content(const std::string& answer) {
  const auto at = answer.find("\r\n\r\n");
  const bool whole = answer.starts_with("HTTP/1.1 ") && at != std::string::npos;
  return whole ? answer.substr(at + 4) : "no answer: " + answer;
}

std::string ask(const Server& server, std::string_view request) {
  LoopbackClient client(server.port());
  client.send(request);
  client.send_no_more();
  return client.read_to_end();
}

constexpr std::string_view kPost = "POST /a%2Fb?q=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
constexpr std::string_view kGet = "GET /g HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(Server, AnswersARequest) {
  const auto server = serve();
  const std::string got = ask(*server, kPost);
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 OK\r\n")) << got;
  EXPECT_NE(got.find("\r\nDate: "), std::string::npos);
  EXPECT_EQ(content(got), "POST /a/b q=1 [hello]");
  EXPECT_EQ(server->url(), "http://127.0.0.1:" + std::to_string(server->port()));
}

TEST(Server, AnswersARequestCutAtEveryByte) {
  const auto server = serve();
  LoopbackClient client(server->port());
  for (std::size_t cut = 1; cut < kPost.size(); ++cut) {
    ASSERT_TRUE(client.send(kPost.substr(0, cut)));
    std::this_thread::sleep_for(2ms);
    ASSERT_TRUE(client.send(kPost.substr(cut)));
    ASSERT_EQ(content(client.read_answer()), "POST /a/b q=1 [hello]") << cut;
  }
}

TEST(Server, ClosesQuietlyWhenARequestIsCutOffAtAnyByte) {
  const auto server = serve();
  for (std::size_t cut = 0; cut < kPost.size(); ++cut)
    ASSERT_EQ(ask(*server, kPost.substr(0, cut)), "") << cut;
  EXPECT_EQ(content(ask(*server, kPost)), "POST /a/b q=1 [hello]");
}

// Every byte of a request bent in turn: whatever is answered, the server goes on answering.
TEST(Server, OutlivesBentBytes) {
  const auto server = serve();
  for (std::size_t at = 0; at < kPost.size(); ++at) {
    std::string bent(kPost);
    bent[at] = static_cast<char>(bent[at] ^ 0x95);
    const std::string got = ask(*server, bent);
    ASSERT_TRUE(got.empty() || got.starts_with("HTTP/1.1 ")) << at << ": " << got;
  }
  EXPECT_EQ(content(ask(*server, kPost)), "POST /a/b q=1 [hello]");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = serve();
  std::string all;
  for (int i = 0; i < 50; ++i)
    all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx\r\n";
  LoopbackClient client(server->port());
  ASSERT_TRUE(client.send(all));
  for (int i = 0; i < 50; ++i)
    ASSERT_EQ(content(client.read_answer()), "POST /" + std::to_string(i) + " [x]");
}

TEST(Server, ReadsChunksAndDropsTrailers) {
  const auto server = serve({}, [](const Request& request) {
    return answer(request.header("Late") ? 500 : 200, "text/plain", request.body);
  });
  const std::string got = ask(*server,
                              "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nLate: 1\r\n\r\n");
  EXPECT_TRUE(got.starts_with("HTTP/1.1 200 ")) << got;
  EXPECT_EQ(content(got), "abcde");
}

TEST(Server, AnswersHeadWithoutTheContent) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(kGet));
  EXPECT_NE(client.read_answer(true).find("Content-Length: 10\r\n"), std::string::npos);
  EXPECT_EQ(content(client.read_answer()), "GET /g []");  // nothing of the first answer's content in between
  client.send("GET /empty HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(kGet));
  EXPECT_TRUE(client.read_answer().starts_with("HTTP/1.1 204 No Content\r\n"));
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
}

TEST(Server, TellsAClientThatWaitsToContinue) {
  const auto server = serve();
  LoopbackClient client(server->port());
  client.send("POST /e HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_until_empty_line(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  EXPECT_EQ(content(client.read_answer()), "POST /e [hi]");
}

TEST(Server, KeepsOrClosesTheConnectionAsTheVersionSays) {
  const auto server = serve();
  EXPECT_NE(ask(*server, "GET / HTTP/1.0\r\n\r\n").find("Connection: close\r\n"), std::string::npos);
  LoopbackClient old(server->port());
  for (int i = 0; i < 2; ++i) {
    old.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_NE(old.read_answer().find("Connection: keep-alive\r\n"), std::string::npos);
  }
  LoopbackClient closing(server->port());
  closing.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(closing.read_to_end().find("Connection: close\r\n"), std::string::npos);
}

struct Garbage {
  std::string_view bytes;
  std::string_view status;
};

TEST(Server, RefusesWhatIsNotHttpAndCloses) {
  const auto server = serve();
  const Garbage cases[] = {
      {std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), "400"},  // a TLS ClientHello
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},                                    // an HTTP/2 preface
      {std::string_view("\0\0\0\0", 4), "400"},
      {"GET\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},                        // no Host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},  // two
      {"GET /../x HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
       "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "400"},
  };
  for (const Garbage& garbage : cases) {
    LoopbackClient client(server->port());
    client.send(garbage.bytes);
    const std::string got = client.read_to_end();
    EXPECT_TRUE(got.starts_with("HTTP/1.1 " + std::string(garbage.status))) << garbage.bytes << "\n" << got;
    EXPECT_NE(got.find("Connection: close\r\n"), std::string::npos) << garbage.bytes;
    EXPECT_EQ(got.find("HTTP/1.1 ", 1), std::string::npos) << "a second answer to " << garbage.bytes;
  }
}

TEST(Server, SurvivesAHandlerThatThrows) {
  std::mutex guard;
  std::string logged;
  ServerSettings settings;
  settings.log = [&](std::string_view line) {
    const std::lock_guard lock(guard);
    logged += line;
  };
  const auto server = serve(std::move(settings));
  LoopbackClient client(server->port());
  client.send("GET /throw HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(content(client.read_answer()), "500 Internal Server Error\n");
  client.send("GET /throw-int HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(content(client.read_answer()), "500 Internal Server Error\n");
  client.send(kGet);
  EXPECT_EQ(content(client.read_answer()), "GET /g []");
  const std::lock_guard lock(guard);
  EXPECT_EQ(logged, "a handler threw: of the testa handler threw");
}

TEST(Server, MakesItsOwnAnswersWithTheGivenPage) {
  ServerSettings settings;
  settings.error_page = [](int status) {
    return answer(status, "text/x", to_bytes(std::string_view("page")));
  };
  const auto server = serve(std::move(settings));
  EXPECT_EQ(content(ask(*server, "garbage\r\n\r\n")), "page");
}

TEST(Server, RoutesWithNotFoundAndNotAllowed) {
  Router router;
  router.add("GET", "/crl", echo);
  const auto server = serve({}, router);
  EXPECT_TRUE(ask(*server, "GET /crl HTTP/1.1\r\nHost: h\r\n\r\n").starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(ask(*server, "GET /no HTTP/1.1\r\nHost: h\r\n\r\n").starts_with("HTTP/1.1 404 "));
  const std::string refused = ask(*server, "POST /crl HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(refused.starts_with("HTTP/1.1 405 "));
  EXPECT_NE(refused.find("Allow: GET, HEAD\r\n"), std::string::npos);
}

TEST(Server, RefusesAnAddressOrPortThatItCannotHave) {
  const auto first = serve();
  const auto again = Server::listen({.port = first->port()}, echo);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "port_busy");
  EXPECT_EQ(again.error().parameter("port"), std::to_string(first->port()));
  const auto unparsed = Server::listen({.address = "localhost"}, echo);
  ASSERT_FALSE(unparsed);
  EXPECT_EQ(unparsed.error().code, "address_form");
  const auto foreign = Server::listen({.address = "192.0.2.1"}, echo);  // TEST-NET-1: nobody's
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, "listen_failed");
}

// Eight clients over all workers: answers must not be mixed up. Under ThreadSanitizer this is the race test.
TEST(Server, ServesManyClientsAtOnce) {
  const auto server = serve();
  std::atomic<int> wrong{0};
  std::vector<std::thread> clients;
  for (int number = 0; number < 8; ++number)
    clients.emplace_back([&, number] {
      LoopbackClient client(server->port());
      for (int i = 0; i < 50; ++i) {
        const std::string path = "/" + std::to_string(number) + "-" + std::to_string(i);
        client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        if (content(client.read_answer()) != "GET " + path + " []") ++wrong;
      }
    });
  for (auto& client : clients) client.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace shomei::http
