// An HTTP/1.1 server (RFC 9112) for handlers that are plain functions, on a port or a Unix socket, plain or
// in TLS between two that know each other. One thread moves the bytes of all connections; `worker_threads`
// run the handlers. Every phase has a deadline and every size a limit. HTTP/2, TLS for everybody and limits
// for each client are the business of a proxy in front.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "http/tls.h"

namespace shomei::http {

// Deadlines are kept to within a tenth of a second.
struct ServerLimits {
  std::size_t header_bytes_max = 8 * 1024;  // over it: 431
  std::size_t body_bytes_max = 64 * 1024;   // over it: 413
  // For the whole header, however it trickles in; then 408. For the handshake of TLS as much again.
  std::chrono::milliseconds header_timeout{5'000};
  std::chrono::milliseconds body_timeout{10'000};  // for the whole body; then 408
  std::chrono::milliseconds idle_timeout{30'000};  // between two requests; then the connection is closed
  std::chrono::milliseconds write_timeout{
      10'000};  // for an answer, and the time its bytes need at this rate:
  std::size_t write_bytes_per_second_min = 64 * 1024;
  std::chrono::milliseconds stop_grace{2'000};  // how long stop() waits for what is under way
  // One more is told 503 at once, without being read, and closed.
  std::size_t connections_max = 1024;
  std::size_t requests_per_connection_max = 10'000;  // the last answer says "Connection: close"
};

struct ServerSettings {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, numeric
  std::uint16_t port = 0;             // 0: any free one; port() says which
  std::filesystem::path unix_socket;  // instead of address and port; its file has the mode 0660
  std::optional<TlsServer> tls;       // its files are read anew for connections after a change
  unsigned worker_threads = 4;        // at least one is started
  ServerLimits limits{};
  // Makes the answers to 400, 408, 413, 431, 500, 501, 503 and 505. Called on the I/O thread: must not block.
  ErrorPage error_page = plain_error;
  // What an operator should know (a handler threw, no connection can be accepted). Never a body, header or
  // target. Called from several threads.
  std::function<void(std::string_view)> log{};
};

class Server {
 public:
  // Listens and serves from now on. malformed "address_form", "tls_file_form", "socket_path_form";
  // unavailable "port_busy", "listen_failed", "socket_busy", "socket_failed".
  static Result<std::unique_ptr<Server>> listen(ServerSettings settings, Handler handler);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;  // 0 of a Unix socket
  std::string url() const;     // "http://127.0.0.1:8080", "https://[::1]:8080", "unix:/run/acts.sock"

  // Accepts no more, closes idle connections, and gives requests under way `stop_grace` to be answered; then
  // their connections are closed and requests still waiting for a worker are dropped. A handler that runs is
  // not interrupted: stop() returns when the last one has. From any thread but a handler's; again is
  // harmless.
  void stop();

 private:
  class Engine;
  explicit Server(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace shomei::http
