// measure_server [WORKERS [CONNECTIONS [SECONDS]]]: how many POSTs of 2 KB a second the server answers over
// loopback, with a handler that does nothing, and a client of one thread that keeps every connection busy.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "http/server.h"

namespace {

using namespace shomei;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kBodyBytes = 2048;

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int at_once = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) std::abort();
  return socket;
}

std::string post() {
  return "POST /acts/issue HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: "
         "application/json\r\nContent-Length: " +
         std::to_string(kBodyBytes) + "\r\n\r\n" + std::string(kBodyBytes, 'x');
}

// One request after another on every connection; how many were answered.
std::size_t drive(std::uint16_t port, std::size_t connections, std::chrono::seconds duration) {
  const std::string request = post();
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  const auto ask = [&](int socket) {
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
      std::abort();
  };
  for (std::size_t i = 0; i < connections; ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = connect_to(port);
    ::epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
    ask(event.data.fd);
  }
  std::size_t answered = 0;
  std::vector<epoll_event> ready(connections);
  for (const auto until = Steady::now() + duration; Steady::now() < until;) {
    const int count = ::epoll_wait(poll, ready.data(), static_cast<int>(ready.size()), 100);
    for (int i = 0; i < count; ++i) {
      char bytes[4096];
      const int socket = ready[static_cast<std::size_t>(i)].data.fd;
      const auto got = ::recv(socket, bytes, sizeof bytes, 0);  // an answer fits a segment
      if (got < 16 || !std::string_view(bytes, static_cast<std::size_t>(got)).starts_with("HTTP/1.1 200 ") ||
          !std::string_view(bytes, static_cast<std::size_t>(got)).ends_with("\r\n\r\n"))
        std::abort();
      ++answered;
      ask(socket);
    }
  }
  return answered;
}

}  // namespace

int main(int count, char** arguments) {
  const auto number = [&](int at, unsigned otherwise) {
    return at < count ? static_cast<unsigned>(std::atoi(arguments[at])) : otherwise;
  };
  http::ServerSettings settings;
  settings.worker_threads = number(1, 2);
  settings.limits.requests_per_connection_max = 100'000'000;
  const std::chrono::seconds duration(number(3, 5));
  const auto server = http::Server::listen(settings, [](const http::Request& request) {
    return http::answer(request.body.size() == kBodyBytes ? 200 : 400, "application/json", {});
  });
  if (!server) return 1;
  const auto answered = drive((*server)->port(), number(2, 32), duration);
  std::printf("%zu answers a second\n", answered / static_cast<std::size_t>(duration.count()));
  std::fflush(stdout);
  std::_Exit(0);
}
