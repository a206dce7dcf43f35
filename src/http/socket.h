// Stream sockets of either family, and one that listens. Included by .cc files alone: Asio is slow to
// compile.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <filesystem>

#include "base/result.h"
#include "http/peer.h"

namespace shomei::http {

using Socket = boost::asio::generic::stream_protocol::socket;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::generic::stream_protocol>;

// What the system takes as the path of a Unix socket. malformed "socket_path_form" {path, what}.
Result<void> check_socket_path(const std::filesystem::path& path);

// unavailable "port_busy", "listen_failed".
Result<void> listen_at(Acceptor& acceptor, const boost::asio::ip::tcp::endpoint& endpoint);

// The file of a Unix socket, mode 0660, removed with this if it is still the same file.
class SocketFile {
 public:
  SocketFile() = default;
  // Listens there. A socket file that nobody answers on is replaced. malformed "socket_path_form" {path,
  // what}; unavailable "socket_busy" {path}, "socket_failed" {path, reason}.
  Result<void> listen(Acceptor& acceptor, const std::filesystem::path& path);
  ~SocketFile() { remove(); }
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;
  void remove() noexcept;

 private:
  std::filesystem::path path_;  // empty: none
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
};

// Who connected: address or process.
Peer peer_of(Socket& socket);

}  // namespace shomei::http
