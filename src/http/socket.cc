#include "http/socket.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <cstring>

namespace shomei::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr mode_t kSocketMode = 0660;
constexpr std::size_t kPathBytesMax = sizeof(sockaddr_un::sun_path) - 1;

Error socket_failed(const std::filesystem::path& path, int code) {
  return unavailable("socket_failed", {{"path", path.string()}, {"reason", std::strerror(code)}});
}

// Of a folder, so that of two servers that start at once the second sees the socket of the first. Ends with
// its descriptor.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder)
      : descriptor_(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

// Whether a server holds the socket: a full one too, which does not accept at once.
bool answers(const std::filesystem::path& path) {
  asio::io_context context;
  asio::local::stream_protocol::socket probe(context);
  error_code ec;
  probe.open({}, ec);
  if (!ec) probe.non_blocking(true, ec);
  if (!ec) probe.connect(path.string(), ec);
  return ec != asio::error::connection_refused && ec != boost::system::errc::no_such_file_or_directory;
}

Result<void> make_way(const std::filesystem::path& path) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) != 0) return {};
  if (!S_ISSOCK(there.st_mode))
    return malformed("socket_path_form",
                     {{"path", path.string()}, {"what", "there is a file of another kind"}});
  if (answers(path)) return unavailable("socket_busy", {{"path", path.string()}});
  if (::unlink(path.c_str()) != 0) return socket_failed(path, errno);
  return {};
}

}  // namespace

Result<void> check_socket_path(const std::filesystem::path& path) {
  if (path.string().size() <= kPathBytesMax) return {};
  return malformed(
      "socket_path_form",
      {{"path", path.string()}, {"what", "it has more than " + std::to_string(kPathBytesMax) + " bytes"}});
}

Result<void> listen_at(Acceptor& acceptor, const tcp::endpoint& endpoint) {
  const asio::generic::stream_protocol::endpoint wanted(endpoint);
  error_code ec;
  acceptor.open(wanted.protocol(), ec);
  if (!ec) acceptor.set_option(Acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(wanted, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (!ec) return {};
  const Parameters place{{"address", endpoint.address().to_string()},
                         {"port", std::to_string(endpoint.port())}};
  if (ec == asio::error::address_in_use) return unavailable("port_busy", place);
  return unavailable("listen_failed", place).with("reason", ec.message());
}

// The mode is set before anybody can connect: listen() comes last.
Result<void> SocketFile::listen(Acceptor& acceptor, const std::filesystem::path& path) {
  SHOMEI_CHECK(check_socket_path(path));
  const FolderLock lock(path.parent_path());
  SHOMEI_CHECK(make_way(path));
  const asio::generic::stream_protocol::endpoint wanted{
      asio::local::stream_protocol::endpoint(path.string())};
  error_code ec;
  acceptor.open(wanted.protocol(), ec);
  if (!ec) acceptor.bind(wanted, ec);
  if (ec) return socket_failed(path, ec.value());
  path_ = path;
  struct stat made {};
  if (::lstat(path.c_str(), &made) != 0 || ::chmod(path.c_str(), kSocketMode) != 0)
    return socket_failed(path, errno);
  device_ = made.st_dev;
  inode_ = made.st_ino;
  acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return socket_failed(path, ec.value());
  return {};
}

void SocketFile::remove() noexcept {
  if (path_.empty()) return;
  struct stat there {};
  if (::lstat(path_.c_str(), &there) == 0 && there.st_dev == device_ && there.st_ino == inode_)
    ::unlink(path_.c_str());
  path_.clear();
}

Peer peer_of(Socket& socket) {
  Peer peer;
  error_code gone;
  const auto remote = socket.remote_endpoint(gone);
  const int family = remote.protocol().family();
  if (!gone && (family == AF_INET || family == AF_INET6)) {
    tcp::endpoint endpoint;
    std::memcpy(endpoint.data(), remote.data(), std::min(remote.size(), endpoint.capacity()));
    peer.address = endpoint.address().to_string();
  }
  ucred process{};
  socklen_t size = sizeof process;
  if (!gone && family == AF_UNIX &&
      ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &process, &size) == 0)
    peer.process = PeerProcess{process.uid, process.gid, process.pid};
  return peer;
}

}  // namespace shomei::http
