// Unix sockets and TLS as other programs see them: curl, openssl, GnuTLS.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <future>
#include <thread>

#include "http/client.h"
#include "http/loopback_client.h"
#include "http/server.h"
#include "http/tls_files_testing.h"

namespace shomei::http {
namespace {

using namespace std::chrono_literals;

Response hello(const Request& request) {
  const auto& certificate = request.peer->certificate;
  return answer(200, "text/plain", to_bytes("hello " + (certificate ? certificate->subject : "you")));
}

std::unique_ptr<Server> serve(ServerSettings settings) {
  auto server = Server::listen(std::move(settings), hello);
  EXPECT_TRUE(server) << (server ? "" : server.error().code);
  return server ? *std::move(server) : nullptr;
}

std::string code_of(const Result<std::unique_ptr<Server>>& server) {
  return server ? "listens" : std::string(server.error().code);
}

TEST(UnixSocket, IsAskedByCurl) {
  const TestFolder folder;
  const auto server = serve({.unix_socket = folder / "s"});
  EXPECT_EQ(folder.run("curl -sS --unix-socket s http://localhost/x"), 0);
  EXPECT_EQ(folder.said(), "hello you");
}

TEST(UnixSocket, HasAFileForOwnerAndGroupThatGoesWithTheServer) {
  const TestFolder folder;
  auto server = serve({.unix_socket = folder / "s"});
  struct stat made {};
  ASSERT_EQ(::stat((folder / "s").c_str(), &made), 0);
  EXPECT_EQ(made.st_mode & 07777, 0660U);
  server->stop();
  EXPECT_FALSE(std::filesystem::exists(folder / "s"));
}

TEST(UnixSocket, TakesThePlaceOfOneThatIsDeadAndOfNothingElse) {
  const TestFolder folder;
  const auto path = folder / "s";
  const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  std::snprintf(at.sun_path, sizeof at.sun_path, "%s", path.c_str());
  ASSERT_EQ(::bind(dead, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
  ASSERT_EQ(::listen(dead, 1), 0);
  EXPECT_EQ(code_of(Server::listen({.unix_socket = path}, hello)), "socket_busy");
  ::close(dead);
  auto first = serve({.unix_socket = path});
  EXPECT_EQ(code_of(Server::listen({.unix_socket = path}, hello)), "socket_busy");
  EXPECT_EQ(folder.run("curl -sS --unix-socket s http://localhost/x"), 0) << "the first was harmed";
  EXPECT_EQ(folder.run("echo precious > file"), 0);
  EXPECT_EQ(code_of(Server::listen({.unix_socket = folder / "file"}, hello)), "socket_path_form");
  EXPECT_EQ(folder.run("grep precious file"), 0);
  EXPECT_EQ(code_of(Server::listen({.unix_socket = folder / "no" / "s"}, hello)), "socket_failed");
  EXPECT_EQ(code_of(Server::listen({.unix_socket = folder / std::string(200, 'x')}, hello)),
            "socket_path_form");
  // A file that another has put there meanwhile is not the server's to remove.
  EXPECT_EQ(folder.run("mv s t && echo mine > s"), 0);
  first->stop();
  EXPECT_EQ(folder.run("grep mine s"), 0);
}

TEST(UnixSocket, OneOfManyThatStartAtOnceListens) {
  const TestFolder folder;
  std::vector<std::future<Result<std::unique_ptr<Server>>>> starting;
  for (int i = 0; i < 8; ++i)
    starting.push_back(
        std::async(std::launch::async, [&] { return Server::listen({.unix_socket = folder / "s"}, hello); }));
  std::vector<Result<std::unique_ptr<Server>>> servers;
  for (auto& one : starting) servers.push_back(one.get());
  EXPECT_EQ(std::ranges::count(servers, "listens", code_of), 1);
  EXPECT_EQ(folder.run("curl -sS --unix-socket s http://localhost/x"), 0);
}

// curl with one certificate or none; what the client ends with.
int curl(const TlsFiles& files, const Server& server, const std::string& more) {
  return files.run("curl -sS -m 5 --cacert ca.crt " + more + " " + server.url() + "/x");
}

TEST(Tls, LetsInWhoHasACertificateOfItsClients) {
  const TlsFiles files;
  const auto server = serve({.tls = files.server()});
  EXPECT_EQ(curl(files, *server, "--cert client.crt --key client.key"), 0) << files.said();
  EXPECT_EQ(files.said(), "hello CN=client,O=Inagi");
  EXPECT_EQ(curl(files, *server, "--cert client.crt --key client.key --tls-max 1.2"), 0) << files.said();
  const std::string port = std::to_string(server->port());
  files.run("gnutls-cli --x509cafile ca.crt --x509certfile client.crt --x509keyfile client.key -p " + port +
            " 127.0.0.1");
  EXPECT_NE(files.said().find("Handshake was completed"), std::string::npos) << files.said();
  EXPECT_NE(files.said().find("TLS1.3"), std::string::npos) << files.said();
}

TEST(Tls, LetsNobodyElseIn) {
  const TlsFiles files;
  files.make_authority("other");
  files.make("stranger", "other");
  files.make("expired", "ca", -1);
  const auto server = serve({.tls = files.server()});
  EXPECT_NE(curl(files, *server, ""), 0);
  EXPECT_NE(curl(files, *server, "--cert stranger.crt --key stranger.key"), 0);
  EXPECT_NE(curl(files, *server, "--cert expired.crt --key expired.key"), 0);
  EXPECT_NE(files.run("curl -sS -m 5 http://127.0.0.1:" + std::to_string(server->port())), 0);
  EXPECT_EQ(curl(files, *server, "--cert client.crt --key client.key"), 0);
}

TEST(Tls, SpeaksNothingOlderThan12) {
  const TlsFiles files;
  const auto server = serve({.tls = files.server()});
  const auto with = [&](const std::string& version) {
    // Security level 0 lets this end of it speak the old ones.
    files.run("openssl s_client -connect 127.0.0.1:" + std::to_string(server->port()) +
              " -CAfile ca.crt -cert client.crt -key client.key -cipher DEFAULT@SECLEVEL=0 " + version);
    return files.said().find("Cipher is (NONE)") == std::string::npos;
  };
  EXPECT_FALSE(with("-tls1"));
  EXPECT_FALSE(with("-tls1_1"));
  EXPECT_TRUE(with("-tls1_2"));
  EXPECT_TRUE(with("-tls1_3"));
}

TEST(Tls, SaysWhichFileItCannotUse) {
  const TlsFiles files;
  auto tls = files.server();
  tls.key = files / "client.key";
  EXPECT_EQ(code_of(Server::listen({.tls = tls}, hello)), "tls_file_form");
  tls = files.server();
  tls.clients = files / "missing";
  const auto without = Server::listen({.tls = tls}, hello);
  ASSERT_EQ(code_of(without), "tls_file_form");
  EXPECT_EQ(without.error().parameter("path"), (files / "missing").string());
}

TEST(Tls, TakesNewFilesForNewConnections) {
  const TlsFiles files;
  const auto server = serve({.tls = files.server()});
  files.make_authority("next");
  files.make("colleague", "next");
  EXPECT_NE(curl(files, *server, "--cert colleague.crt --key colleague.key"), 0);
  EXPECT_EQ(files.run("echo broken > ca.pem && mv server.crt kept && echo broken > server.crt"), 0);
  std::this_thread::sleep_for(1'100ms);
  EXPECT_EQ(curl(files, *server, "--cert client.crt --key client.key"), 0) << "the last that fitted goes on";
  EXPECT_EQ(files.run("mv kept server.crt && cat ca.crt next.crt > both && cp ca.crt own && mv both ca.crt"),
            0);
  std::this_thread::sleep_for(1'100ms);
  EXPECT_EQ(files.run("curl -sS --cacert own --cert colleague.crt --key colleague.key " + server->url()), 0)
      << files.said();
}

// Half a handshake, none at all, and bytes that are none: each is ended in time, and none keeps others out.
TEST(Tls, EndsHandshakesThatDoNotCome) {
  const TlsFiles files;
  const auto server =
      serve({.tls = files.server(), .limits = {.header_timeout = 200ms, .connections_max = 60}});
  std::vector<LoopbackClient> silent;
  for (int i = 0; i < 50; ++i) silent.emplace_back(server->port());
  for (int i = 0; i < 25; ++i)
    silent[static_cast<std::size_t>(i)].send(std::string_view("\x16\x03\x01\x02", 4));
  EXPECT_EQ(curl(files, *server, "--cert client.crt --key client.key"), 0) << files.said();
  const auto start = std::chrono::steady_clock::now();
  for (auto& one : silent) one.read_to_end();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
  LoopbackClient plain(server->port());
  plain.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_FALSE(plain.read_to_end().starts_with("HTTP/1.1 200"));
}

TEST(Tls, StopsUnderHandshakesAndIdleConnections) {
  const TlsFiles files;
  const auto server = serve({.tls = files.server()});
  LoopbackClient half(server->port());
  half.send(std::string_view("\x16\x03\x01\x02", 4));
  auto idle = *Client::make(*parse_place(server->url()), files.client());
  ASSERT_TRUE(idle.ask({.method = "GET", .target = "/"}));
  const auto start = std::chrono::steady_clock::now();
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1'800ms);
}

}  // namespace
}  // namespace shomei::http
