#include "wire/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace shomei::wire {
namespace {

constexpr int kBacklog = 4096;  // the system lowers it to net.core.somaxconn
// For the rest of the program: its other servers, the store, files. Half of what there is, when that is
// little.
constexpr std::size_t kDescriptorsElsewhere = 2048;

struct Endpoint {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

bool parse_endpoint(const std::string& address, std::uint16_t port, Endpoint& endpoint) {
  auto* four = reinterpret_cast<sockaddr_in*>(&endpoint.storage);
  auto* six = reinterpret_cast<sockaddr_in6*>(&endpoint.storage);
  if (::inet_pton(AF_INET, address.c_str(), &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    endpoint.size = sizeof *four;
  } else if (::inet_pton(AF_INET6, address.c_str(), &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    endpoint.size = sizeof *six;
  }
  return endpoint.size != 0;
}

bool set(int socket, int level, int option) {
  const int on = 1;
  return ::setsockopt(socket, level, option, &on, sizeof on) == 0;
}

// Bound; -1 with errno.
files::Descriptor bind_one(const Endpoint& endpoint, bool shares) {
  files::Descriptor one(::socket(endpoint.get()->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const bool bound = one && set(one.get(), SOL_SOCKET, SO_REUSEADDR) &&
                     set(one.get(), IPPROTO_TCP, TCP_NODELAY) &&
                     (!shares || set(one.get(), SOL_SOCKET, SO_REUSEPORT)) &&
                     ::bind(one.get(), endpoint.get(), endpoint.size) == 0;
  return bound ? std::move(one) : files::Descriptor();
}

// The first socket asks for the port as if it would not share it: then it is refused what another server has.
// The option comes after, for those that follow.
bool open_all(Endpoint endpoint, unsigned count, Listeners& listeners) {
  for (unsigned i = 0; i < count; ++i) {
    files::Descriptor one = bind_one(endpoint, i > 0);
    if (!one || !set(one.get(), SOL_SOCKET, SO_REUSEPORT)) return false;
    if (::getsockname(one.get(), reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.size) != 0)
      return false;
    listeners.sockets.push_back(std::move(one));
  }
  for (const files::Descriptor& one : listeners.sockets)
    if (::listen(one.get(), kBacklog) != 0) return false;
  const auto* four =
      reinterpret_cast<const sockaddr_in*>(&endpoint.storage);  // the port stands in the same place
  listeners.port = ntohs(four->sin_port);
  return true;
}

}  // namespace

Result<Listeners> listen_on(const std::string& address, std::uint16_t port, unsigned count) {
  Endpoint endpoint;
  if (!parse_endpoint(address, port, endpoint)) return malformed("address_form", {{"address", address}});
  Listeners listeners;
  if (open_all(endpoint, count, listeners)) return listeners;
  const int code = errno;
  const Parameters place{{"address", address}, {"port", std::to_string(port)}};
  if (code == EADDRINUSE) return unavailable("port_busy", place);
  return unavailable("listen_failed", place).with("reason", std::strerror(code));
}

std::size_t make_room_for(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
  const rlim_t wanted = connections + kDescriptorsElsewhere;
  if (limit.rlim_cur < wanted) {
    const rlim_t before = std::exchange(limit.rlim_cur, std::min(wanted, limit.rlim_max));
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
  }
  const auto have = static_cast<std::size_t>(limit.rlim_cur);
  return std::min(connections, have - std::min(kDescriptorsElsewhere, have / 2));
}

}  // namespace shomei::wire
