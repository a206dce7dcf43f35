#include "http/fetch.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "http/router.h"
#include "http/server.h"

namespace shomei::http {
namespace {

std::unique_ptr<Server> small_server(std::size_t requests_per_connection_max = 10'000) {
  Router router;
  router.add("GET", "/a/hello", [](const Request&) { return answer(200, "text/plain", to_bytes("hello")); });
  router.add("GET", "/a/large",
             [](const Request&) { return answer(200, "text/plain", Bytes(100'000, 'x')); });
  router.add("GET", "/a/moved", [](const Request&) { return answer(301, "text/plain", {}); });
  ServerSettings settings;
  settings.limits.requests_per_connection_max = requests_per_connection_max;
  return std::move(Server::listen(settings, router).value());
}

Fetcher fetcher(const std::string& url, FetchLimits limits = {}) {
  return Fetcher(*parse_base_url(url), limits);
}

TEST(Fetch, ReadsUrls) {
  const auto parts = [](std::string_view text) {
    const auto url = parse_base_url(text);
    return url ? url->host + " " + url->port + " " + url->path : std::string(url.error().code);
  };
  EXPECT_EQ(parts("http://log.example"), "log.example 80 ");
  EXPECT_EQ(parts("http://log.example:8080/journal/"), "log.example 8080 /journal");
  EXPECT_EQ(parts("http://[::1]:81/a/b"), "::1 81 /a/b");
  for (const auto* bad : {"", "log.example", "https://log.example", "http://", "http://:80", "http://a:",
                          "http://a:x", "http://a:65536", "http://u@a/", "http://a/?q", "http://a/#f",
                          "http://a/ b", "http://[::1", "http://[::1]x", "http://a/\r\nX: y", "http:///x"})
    EXPECT_EQ(parts(bad), "url_form") << bad;
}

TEST(Fetch, GetsOneFileAfterAnother) {
  const auto server = small_server();
  auto from = fetcher(server->url() + "/a/");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(to_text(from.get("hello", 5).value()), "hello");
    EXPECT_EQ(from.get("large", 200'000).value().size(), 100'000U);
    EXPECT_EQ(from.get("nothing", 100).error().code, "url_missing");
  }
}

TEST(Fetch, OpensANewConnectionWhenTheServerHasClosedIt) {
  const auto server = small_server(2);
  auto from = fetcher(server->url() + "/a");
  for (int i = 0; i < 7; ++i) EXPECT_EQ(to_text(from.get("hello", 100).value()), "hello") << i;
}

TEST(Fetch, LimitsHoldAndTheNextFileIsStillThere) {
  const auto server = small_server();
  auto from = fetcher(server->url() + "/a");
  EXPECT_EQ(from.get("large", 99'999).error().code, "answer_too_large");
  EXPECT_EQ(from.get("hello", 4).error().code, "answer_too_large");
  EXPECT_EQ(to_text(from.get("hello", 100).value()), "hello");
  const auto moved = from.get("moved", 100);
  EXPECT_EQ(moved.error().code, "fetch_failed");
  EXPECT_NE(moved.error().parameter("what").find("301"), std::string_view::npos);
}

// A server that takes a connection and then says the given bytes, so many at a time, and nothing more until
// it ends.
class RawServer {
 public:
  explicit RawServer(std::string says, std::size_t at_once = SIZE_MAX)
      : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), length), 0);
    EXPECT_EQ(::listen(listener_, 4), 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &length);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this, at_once, text = std::move(says)] {
      const int peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) return;
      const int no_delay = 1;
      ::setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
      for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(rest.size(), at_once))) {
        const auto part = rest.substr(0, at_once);
        [[maybe_unused]] const auto sent = ::send(peer, part.data(), part.size(), MSG_NOSIGNAL);
        if (part.size() < rest.size()) std::this_thread::sleep_for(std::chrono::milliseconds{1});
      }
      char byte;
      while (::recv(peer, &byte, 1, 0) > 0) continue;
      ::close(peer);
    });
  }
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

std::string_view code_of(const std::string& says) {
  const RawServer server(says);
  return fetcher(server.url(), {.answer_timeout = std::chrono::milliseconds{200}, .header_bytes_max = 1000})
      .get("x", 100)
      .error()
      .code;
}

TEST(Fetch, AServerThatIsSlowOrWrongIsLeft) {
  EXPECT_EQ(code_of(""), "fetch_failed");
  EXPECT_EQ(code_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"), "fetch_failed");
  EXPECT_EQ(code_of("rubbish\r\n\r\n"), "fetch_failed");
  EXPECT_EQ(code_of("HTTP/1.1 200 OK\r\nX: " + std::string(2000, 'x')), "fetch_failed");
  EXPECT_EQ(code_of("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x')),
            "answer_too_large");
  EXPECT_EQ(code_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x') +
                    "\r\n0\r\n\r\n"),
            "answer_too_large");
}

// Each byte by itself: an assertion of Beast would end a debug build over the last chunk of an empty body.
TEST(Fetch, AChunkedBodyMayTrickleInByteByByte) {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const auto& [body, content] :
       {std::pair{"0\r\n\r\n", ""}, {"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde"}})
    for (const std::size_t at_once : {1U, 2U, 3U, 1000U}) {
      const RawServer server(head + body, at_once);
      const auto got = fetcher(server.url()).get("x", 100);
      ASSERT_TRUE(got) << got.error().parameter("what");
      EXPECT_EQ(to_text(*got), content) << at_once;
    }
}

TEST(Fetch, NobodyListening) {
  std::string url;
  url = small_server()->url();
  EXPECT_EQ(fetcher(url).get("x", 100).error().code, "fetch_failed");
}

}  // namespace
}  // namespace shomei::http
