#include "tests/postgres/relay.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>

#include "tests/postgres/server.h"

namespace shomei::store {
namespace {

constexpr int kLookPauseMs = 20;

int connect_to_server() {
  const int s = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = Server::shared().socket() + "/.s.PGSQL." + std::to_string(Server::shared().port());
  std::copy(path.begin(), path.end(), address.sun_path);
  if (::connect(s, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return -1;
  return s;
}

bool send_all(int to, const char* data, ssize_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(to, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= sent;
  }
  return true;
}

}  // namespace

Relay::Relay() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  listen(listener_, 16);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

Relay::~Relay() {
  ended_ = true;
  accepting_.join();
  close(listener_);
}

std::string Relay::address(const std::string& schema) const {
  return "host=127.0.0.1 port=" + std::to_string(port_) + " user=shomei dbname=postgres sslmode=disable" +
         " options=-csearch_path=" + schema;
}

void Relay::accept_all() {
  std::vector<std::thread> carrying;
  while (!ended_) {
    pollfd waits{listener_, POLLIN, 0};
    if (poll(&waits, 1, kLookPauseMs) <= 0) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    carrying.emplace_back([this, client] { carry(client); });
  }
  for (auto& thread : carrying) thread.join();
}

void Relay::carry(int client) {
  const int server = connect_to_server();
  std::vector<char> data(1 << 16);
  while (!ended_ && server >= 0) {
    pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (poll(ends, 2, kLookPauseMs) <= 0) continue;
    const bool asks = ends[0].revents != 0;
    const ssize_t size = ::recv(asks ? client : server, data.data(), data.size(), 0);
    if (size <= 0) break;
    auto lost = asks ? Losing::question : Losing::answer;
    if (losing_.compare_exchange_strong(lost, Losing::nothing)) break;
    if (!send_all(asks ? server : client, data.data(), size)) break;
  }
  close(client);
  if (server >= 0) close(server);
}

}  // namespace shomei::store
