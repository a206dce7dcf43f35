// For tests alone: a client that sends exactly the bytes it is given, over a real socket, and never waits
// for longer than kPatience.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace shomei::http {

class LoopbackClient {
 public:
  static constexpr std::chrono::milliseconds kPatience{20'000};

  explicit LoopbackClient(std::uint16_t port, int receive_buffer_bytes = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer_bytes > 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    const int at_once = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  LoopbackClient(LoopbackClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connected_(other.connected_),
        ahead_(std::move(other.ahead_)) {}
  ~LoopbackClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  bool connected() const { return connected_; }
  // Whether all of it could be sent.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void send_no_more() { ::shutdown(socket_, SHUT_WR); }
  // Goes without a farewell.
  void reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
  }

  // Head and content of the next answer, as its Content-Length says; what came before an end or a reset.
  std::string read_answer(bool head_only = false) {
    std::string text = read_until_empty_line();
    const auto at = text.find("Content-Length: ");
    if (head_only || at == std::string::npos) return text;
    const auto length = std::stoul(text.substr(at + 16));
    while (ahead_.size() < length && read_some()) continue;
    text += ahead_.substr(0, length);
    ahead_.erase(0, length);
    return text;
  }
  std::string read_until_empty_line() {
    auto end = ahead_.find("\r\n\r\n");
    while (end == std::string::npos && read_some()) end = ahead_.find("\r\n\r\n");
    const auto size = end == std::string::npos ? ahead_.size() : end + 4;
    std::string text = ahead_.substr(0, size);
    ahead_.erase(0, size);
    return text;
  }
  // As many bytes, or what came before an end.
  std::string read_at_most(std::size_t bytes) {
    while (ahead_.size() < bytes && read_some()) continue;
    std::string text = ahead_.substr(0, bytes);
    ahead_.erase(0, bytes);
    return text;
  }
  // Everything until the server closes; fails the test when it does not.
  std::string read_to_end() {
    while (read_some()) continue;
    EXPECT_TRUE(ended_) << "the server did not close the connection";
    return std::exchange(ahead_, {});
  }

  // Whether the end was a reset: other systems than Linux then lose what was not read yet.
  bool was_reset() const { return reset_; }

 private:
  bool read_some() {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(kPatience.count())) <= 0) return false;
    char bytes[16384];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got > 0) ahead_.append(bytes, static_cast<std::size_t>(got));
    if (got <= 0) ended_ = true;
    if (got < 0) reset_ = true;
    return got > 0;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  bool reset_ = false;
  std::string ahead_;
};

}  // namespace shomei::http
