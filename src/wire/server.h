// An HTTP/1.1 server (RFC 9112) for a public service whose answers are small and ready in memory. Each loop
// is a thread with a listening socket of its own (SO_REUSEPORT) and asks its Answers, which do not block;
// what they leave goes to a handler on worker threads. A request costs one recv and one send, and nothing is
// allocated, locked or timed for it. Every phase has a deadline and every size a limit. TLS and Unix sockets:
// http/server.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "wire/answers.h"
#include "wire/counters.h"

namespace shomei::wire {

// Deadlines are kept to within a tenth of a second.
struct Limits {
  RequestLimits request{};
  std::chrono::milliseconds head_timeout{5'000};   // for the whole head, however it trickles in; then 408
  std::chrono::milliseconds body_timeout{10'000};  // for the whole body; then 408
  std::chrono::milliseconds idle_timeout{60'000};  // for a first or next request to begin; then it is closed
  // In each such time a client takes as much of its answers as this rate gives, or all that is left.
  std::chrono::milliseconds write_timeout{10'000};
  std::size_t write_bytes_per_second_min = 8 * 1024;
  std::chrono::milliseconds stop_grace{2'000};  // how long stop() waits for what is under way
  // Of all loops together. One more is counted and closed at once. Lowered, with a line in the log, when the
  // system gives fewer descriptors.
  std::size_t connections_max = 20'000;
  // What a loop keeps of requests that are not whole and answers that are not taken; a connection that needs
  // more is closed.
  std::size_t held_bytes_max = 256 * 1024 * 1024;
};

struct Settings {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, numeric
  std::uint16_t port = 0;             // 0: any free one; port() says which
  unsigned loops = 0;                 // 0: one for each core
  unsigned worker_threads = 4;        // for `later`; at least one is started
  Limits limits{};
  // Makes the answers to 400, 408, 413, 431, 500, 501 and 505. Called on loops and workers: must not block.
  http::ErrorPage error_page = http::plain_error;
  // What an operator should know. Never a body, header or target. Called from several threads.
  std::function<void(std::string_view)> log{};
};

class Server {
 public:
  // Listens and serves from now on. `later` is asked, on worker threads, what no Answers took; order among
  // the answers of a connection is kept. malformed "address_form"; unavailable "port_busy", "listen_failed".
  static Result<std::unique_ptr<Server>> listen(Settings settings, const AnswersFactory& factory,
                                                http::Handler later);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  std::string url() const;  // "http://127.0.0.1:8080", "http://[::1]:8080"
  Counters counters() const;
  std::size_t connections_max() const;  // as the system gave it

  // Accepts no more, closes idle connections, and gives requests under way `stop_grace` to be answered; then
  // their connections are closed and requests still waiting for a worker are dropped. A handler that runs is
  // not interrupted: stop() returns when the last one has. From any thread but a loop's or a handler's; again
  // is harmless.
  void stop();

 private:
  class Engine;
  explicit Server(std::unique_ptr<Engine> engine);
  std::unique_ptr<Engine> engine_;
};

}  // namespace shomei::wire
