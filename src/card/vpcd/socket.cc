#include "card/vpcd/socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

namespace shomei::card::vpcd {
namespace {

constexpr std::size_t kReceiveBytes = 4096;
constexpr int kBacklog = 4;

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Addresses resolve(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return nullptr;
  return Addresses(found);
}

Descriptor socket_for(const addrinfo& address) {
  return Descriptor(::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, address.ai_protocol));
}

void set_option(const Descriptor& socket, int level, int option) {
  const int on = 1;
  ::setsockopt(socket.get(), level, option, &on, sizeof(on));
}

}  // namespace

Descriptor connect_to(const std::string& host, std::uint16_t port) {
  const auto addresses = resolve(host, port, 0);
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    Descriptor socket = socket_for(*address);
    if (socket && ::connect(socket.get(), address->ai_addr, address->ai_addrlen) == 0) {
      set_option(socket, IPPROTO_TCP, TCP_NODELAY);
      return socket;
    }
  }
  return Descriptor();
}

Result<Descriptor> listen_at(const std::string& host, std::uint16_t port) {
  const auto addresses = resolve(host, port, AI_PASSIVE);
  int number = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    Descriptor socket = socket_for(*address);
    if (!socket) continue;
    set_option(socket, SOL_SOCKET, SO_REUSEADDR);
    if (::bind(socket.get(), address->ai_addr, address->ai_addrlen) == 0 &&
        ::listen(socket.get(), kBacklog) == 0)
      return socket;
    number = errno;
  }
  return unavailable("port_unusable", {{"address", host + ":" + std::to_string(port)},
                                       {"system", std::generic_category().message(number)}});
}

Descriptor accept_from(const Descriptor& listener) {
  Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (socket) set_option(socket, IPPROTO_TCP, TCP_NODELAY);
  return socket;
}

bool readable(const Descriptor& socket, std::chrono::milliseconds patience) {
  pollfd waiting{.fd = socket.get(), .events = POLLIN, .revents = 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

std::optional<SecretBytes> receive(const Descriptor& socket) {
  std::array<std::uint8_t, kReceiveBytes> buffer;
  set_option(socket, IPPROTO_TCP, TCP_QUICKACK);  // the system forgets it after each receipt
  const auto count = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
  if (count < 0 && errno == EINTR) return SecretBytes();
  if (count <= 0) return std::nullopt;
  const auto filled = static_cast<std::size_t>(count);
  SecretBytes received(ByteView(buffer).first(filled));
  explicit_bzero(buffer.data(), filled);
  return received;
}

bool send_all(const Descriptor& socket, ByteView bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace shomei::card::vpcd
