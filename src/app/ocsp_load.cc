#include "app/ocsp_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "files/descriptor.h"

namespace shomei::app {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  files::Descriptor socket;
  std::string request, answer;
  Clock::time_point asked_at;
};

Error missing(std::uint16_t port, std::string_view what) {
  return unavailable("answer_missing",
                     {{"place", "127.0.0.1:" + std::to_string(port)}, {"what", std::string(what)}});
}

Result<files::Descriptor> connect_to(std::uint16_t port) {
  files::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    return unavailable("server_unreachable", {{"place", "127.0.0.1:" + std::to_string(port)}, {"what", ""}});
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

// How long the answer in front is, head and body; 0: it is not whole. None: it is no good answer.
std::optional<std::size_t> length_of(std::string_view bytes, std::size_t& head_bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  if (!bytes.starts_with("HTTP/1.1 200 ")) return std::nullopt;
  constexpr std::string_view kLength = "\r\ncontent-length: ";
  const auto at = std::search(
      bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), kLength.begin(), kLength.end(),
      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
  std::size_t length = 0;
  const char* from = &*at + kLength.size();
  std::from_chars(from, bytes.data() + end, length);
  head_bytes = end + 4;
  return bytes.size() < head_bytes + length ? 0 : head_bytes + length;
}

class Load {
 public:
  explicit Load(const LoadWish& wish) : wish_(wish), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

  Result<LoadFound> run() {
    connections_.resize(wish_.connections);
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      SHOMEI_TRY(connections_[i].socket, connect_to(wish_.port));
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connections_[i].socket.get(), &event);
    }
    const auto begun = Clock::now();
    const auto end = begun + wish_.time;
    for (auto& connection : connections_) ask(connection);
    std::vector<epoll_event> events(connections_.size());
    while (Clock::now() < end) {
      // It never sleeps: waking it is not the server's work.
      const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 0);
      for (int i = 0; i < count; ++i)
        SHOMEI_CHECK(take(connections_[events[static_cast<std::size_t>(i)].data.u64]));
    }
    return found(std::chrono::duration<double>(Clock::now() - begun).count());
  }

 private:
  void ask(Connection& connection) {
    wish_.next(connection.request);
    connection.asked_at = Clock::now();
    std::ignore = files::write_all(connection.socket.get(), shomei::view(connection.request));
  }

  Result<void> take(Connection& connection) {
    const auto count = ::recv(connection.socket.get(), room_, sizeof room_, 0);
    if (count <= 0) return missing(wish_.port, "the connection was closed");
    connection.answer.append(room_, static_cast<std::size_t>(count));
    std::size_t head = 0;
    const auto length = length_of(connection.answer, head);
    if (!length) return missing(wish_.port, connection.answer.substr(0, 40));
    if (*length == 0) return {};
    took_.push_back(Clock::now() - connection.asked_at);
    if (wish_.look_at_every > 0 && took_.size() % wish_.look_at_every == 0)
      wish_.look(std::string_view(connection.answer).substr(head, *length - head));
    connection.answer.clear();
    ask(connection);
    return {};
  }

  LoadFound found(double seconds) {
    LoadFound all{.answers = took_.size(), .seconds = seconds};
    if (took_.empty()) return all;
    std::ranges::sort(took_);
    all.p50 = took_[took_.size() / 2];
    all.p99 = took_[took_.size() * 99 / 100];
    all.max = took_.back();
    return all;
  }

  const LoadWish& wish_;
  files::Descriptor epoll_;
  std::vector<Connection> connections_;
  std::vector<std::chrono::nanoseconds> took_;
  char room_[64 * 1024];
};

}  // namespace

Result<LoadFound> load(const LoadWish& wish) {
  return Load(wish).run();
}

}  // namespace shomei::app
