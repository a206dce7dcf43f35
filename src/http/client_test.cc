// The client before the server, over each transport, and before servers that go wrong.
#include "http/client.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <atomic>
#include <future>
#include <thread>

#include "http/server.h"
#include "http/tls_files_testing.h"

namespace shomei::http {
namespace {

using namespace std::chrono_literals;

Response echo(const Request& request) {
  auto response = answer(request.path == "/no" ? 404 : 200, "text/plain", request.body);
  response.headers.push_back({"Peer-Address", request.peer->address});
  if (const auto& process = request.peer->process)
    response.headers.push_back({"Peer-User", std::to_string(process->user)});
  if (const auto& certificate = request.peer->certificate)
    response.headers.push_back({"Peer-Subject", certificate->subject});
  return response;
}

std::unique_ptr<Server> serve(ServerSettings settings, Handler handler = echo) {
  auto server = Server::listen(std::move(settings), std::move(handler));
  EXPECT_TRUE(server) << (server ? "" : server.error().code);
  return server ? *std::move(server) : nullptr;
}

Client client_of(const std::string& url, const std::optional<TlsClient>& tls = {}, ClientLimits limits = {}) {
  return *Client::make(*parse_place(url), tls, limits);
}

Client::Question post(std::string_view body, bool repeatable = false) {
  return {.method = "POST", .target = "/acts", .body = to_bytes(body), .repeatable = repeatable};
}

std::string_view code_of(const Result<Response>& answer) {
  return answer ? "answered" : answer.error().code;
}

TEST(Client, AsksManyTimesOverOneConnection) {
  const auto server = serve({.limits = {.connections_max = 1}});
  auto client = client_of(server->url());
  for (int i = 0; i < 20; ++i) {
    const std::string body(static_cast<std::size_t>(i) * 3000, 'x');
    const auto got = client.ask(post(body));
    ASSERT_TRUE(got) << got.error().code;
    EXPECT_EQ(got->status, 200);
    EXPECT_EQ(to_text(got->body), body);
  }
  EXPECT_EQ(client.ask({.method = "GET", .target = "/no"})->status, 404);
  EXPECT_EQ(client.ask({.method = "HEAD", .target = "/x"})->status, 200);
  EXPECT_EQ(client.ask(post("again"))->body, to_bytes(std::string_view("again")));
}

TEST(Client, AsksOverAUnixSocketAndIsKnownByItsUser) {
  const TestFolder folder;
  const auto server = serve({.unix_socket = folder / "acts.sock"});
  EXPECT_EQ(server->url(), "unix:" + (folder / "acts.sock").string());
  auto client = client_of(server->url());
  for (int i = 0; i < 3; ++i) {
    const auto got = client.ask(post("hello"));
    ASSERT_TRUE(got) << got.error().parameter("what");
    EXPECT_EQ(*find_field(got->headers, "Peer-User"), std::to_string(::getuid()));
    EXPECT_EQ(*find_field(got->headers, "Peer-Address"), "");
  }
}

TEST(Client, AsksOverTlsAndIsKnownByItsCertificate) {
  const TlsFiles files;
  const auto server = serve({.tls = files.server()});
  ASSERT_TRUE(server->url().starts_with("https://127.0.0.1:"));
  auto client = client_of(server->url(), files.client());
  for (int i = 0; i < 3; ++i) {
    const auto got = client.ask(post(std::string(50'000, 'y')));
    ASSERT_TRUE(got) << got.error().parameter("what");
    EXPECT_EQ(got->body.size(), 50'000U);
    EXPECT_EQ(*find_field(got->headers, "Peer-Subject"), "CN=client,O=Inagi");
    EXPECT_EQ(*find_field(got->headers, "Peer-Address"), "127.0.0.1");
  }
}

TEST(Client, TrustsNoServerOfAnotherAuthorityOrName) {
  const TlsFiles files;
  files.make_authority("other");
  const auto server = serve({.tls = files.server()});
  auto tls = files.client();
  tls.authorities = files / "other.crt";
  EXPECT_EQ(code_of(client_of(server->url(), tls).ask(post(""))), "server_unreachable");
  Place elsewhere = *parse_place(server->url());
  elsewhere.host = "127.0.0.2";  // the same server, and its certificate does not say so
  auto stranger = serve({.address = "127.0.0.2", .tls = files.server()});
  EXPECT_EQ(code_of(client_of(stranger->url(), files.client()).ask(post(""))), "server_unreachable");
  EXPECT_EQ(code_of(client_of(server->url(), files.client()).ask(post(""))), "answered");
  EXPECT_EQ(Client::make(elsewhere).error().code, "tls_files_missing");
}

TEST(Client, GoesOnWhereAKeptConnectionWasClosed) {
  const auto server = serve({.limits = {.idle_timeout = 50ms}});
  auto client = client_of(server->url());
  ASSERT_TRUE(client.ask(post("1", true)));
  std::string got = "answered";  // until the pause was long enough for a slow machine
  for (auto pause = 100ms; got == "answered" && pause < 20s; pause *= 2) {
    std::this_thread::sleep_for(pause);
    got = code_of(client.ask(post("2", false)));
  }
  EXPECT_EQ(got, "answer_missing") << "it may have arrived";
  EXPECT_EQ(code_of(client.ask(post("2", false))), "answered");
  std::this_thread::sleep_for(1'500ms);  // closed, and lingered for
  EXPECT_EQ(code_of(client.ask(post("3", true))), "answered");
}

TEST(Client, SaysWhetherAnythingWasSent) {
  const TestFolder folder;
  auto nobody = client_of("unix:" + (folder / "nobody.sock").string());
  EXPECT_EQ(code_of(nobody.ask(post(""))), "server_unreachable");
  std::promise<void> begun, end;
  auto server = serve({.limits = {.stop_grace = 1ms}}, [&](const Request& request) {
    begun.set_value();
    end.get_future().wait();
    return echo(request);
  });
  auto client = client_of(server->url());
  std::thread stop([&] {
    begun.get_future().wait();
    server->stop();
  });
  EXPECT_EQ(code_of(client.ask(post(""))), "answer_missing");
  end.set_value();
  stop.join();
  EXPECT_EQ(code_of(client.ask(post(""))), "server_unreachable");
}

TEST(Client, WaitsNoLongerThanItsDeadlineAndTakesNoMoreThanItsLimit) {
  std::promise<void> end;
  std::atomic<int> runs{0};
  const auto server = serve({}, [&](const Request& request) {
    if (runs++ == 0) end.get_future().wait();
    return echo(request);
  });
  auto client = client_of(server->url(), {}, {.answer_timeout = 1s, .body_bytes_max = 100});
  EXPECT_EQ(code_of(client.ask(post(""))), "answer_missing");
  end.set_value();
  EXPECT_EQ(code_of(client.ask(post(std::string(100, 'x')))), "answered");
  EXPECT_EQ(code_of(client.ask(post(std::string(101, 'x')))), "answer_too_large");
  EXPECT_EQ(code_of(client.ask(post("x"))), "answered");
}

TEST(Client, ReadsPlaces) {
  EXPECT_EQ(parse_place("unix:/run/acts.sock")->unix_socket, "/run/acts.sock");
  EXPECT_EQ(parse_place("http://authority.example")->text(), "http://authority.example:80");
  EXPECT_EQ(parse_place("https://[::1]:8443/")->text(), "https://[::1]:8443");
  for (const char* text :
       {"", "unix:", "ftp://h", "http://", "http://h:", "http://h:99999", "http://h:1x", "http://u@h",
        "http://h/path", "https://[h]:1", "https://[::1", "h:80", "http://a b"})
    EXPECT_FALSE(parse_place(text)) << text;
  EXPECT_TRUE(parse_place("unix:/" + std::string(106, 'x')));
  const auto long_path = parse_place("unix:/" + std::string(107, 'x'));
  ASSERT_FALSE(long_path);
  EXPECT_EQ(long_path.error().code, "socket_path_form");
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const auto place = parse_place("http://" + text);
    if (place) RC_ASSERT(parse_place(place->text())->text() == place->text());
  }));
}

}  // namespace
}  // namespace shomei::http
