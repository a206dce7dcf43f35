// The one file that has coroutines. g++ 12.2 compiles three ordinary lines of coroutines wrongly (double
// free, use after free); so here
//   - no lambda that owns something stands inside a co_await expression: it is named first, or it captures
//     pointers and references only;
//   - no aggregate temporary is an argument of an awaited call: what is passed is a named local;
//   - no co_await stands in a branch of ?: ; write `if (condition) value = co_await ...;`.
#include "http/server.h"

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <cstring>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "http/request_reader.h"
#include "http/response_head.h"
#include "http/socket.h"
#include "http/tls_context.h"

namespace shomei::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
template <class T>
using Awaitable = asio::awaitable<T>;

namespace {

constexpr std::chrono::milliseconds kSweepEvery{100};
constexpr std::chrono::milliseconds kAcceptPause{100};  // when descriptors have run out
constexpr std::chrono::milliseconds kLinger{1'000};
constexpr std::chrono::seconds kQuiet{1};
constexpr std::size_t kLingerBytesMax = 1024 * 1024;
constexpr std::size_t kLingerReadBytes = 4096;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// What read_request() found, when it was not a request: a status to answer, or nobody to answer.
constexpr int kComplete = 0;
constexpr int kGone = -1;

// Awaits, and leaves the error in `ec` instead of throwing it.
auto into(error_code& ec) {
  return asio::redirect_error(asio::use_awaitable, ec);
}

// Belongs to the I/O thread, but for `abandoned`.
struct Connection {
  Connection(Socket accepted, const TlsContext& context, const ServerLimits& limits)
      : socket(std::move(accepted)),
        tls_context(context),
        reader(limits.header_bytes_max, limits.body_bytes_max),
        peer(std::make_shared<Peer>(peer_of(socket))) {
    if (context) tls.emplace(socket, *context);
  }

  Socket socket;
  TlsContext tls_context;
  std::optional<asio::ssl::stream<Socket&>> tls;
  RequestReader reader;
  std::shared_ptr<Peer> peer;                               // not changed once there is a request
  Steady::time_point deadline = Steady::time_point::max();  // the sweep cancels what is later
  bool between_requests = false;       // nothing of a request is here: stop() need not wait
  std::atomic<bool> abandoned{false};  // the grace is over: a queued request is dropped
};
using ConnectionPtr = std::shared_ptr<Connection>;

// Whoever did not come in time, and is still there, is told so.
int late_or_gone(const error_code& ec, const Connection& c) {
  const bool late = ec == asio::error::operation_aborted && Steady::now() >= c.deadline;
  return late && c.socket.is_open() ? 408 : kGone;
}

// Best effort, without waiting: a full server must not spend itself on saying so.
void turn_away(Socket socket, const Response& response, Instant now) {
  const std::string head = encode_head(response, {.keep_alive = false, .now = now});
  const ByteView content = response.content();
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                  asio::buffer(content.data(), content.size())};
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(buffers, ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
}

// Fills what the reader has room for; how it went is in `ec`.
Awaitable<void> fill(Connection& c, error_code& ec) {
  const auto room = c.reader.room();
  const asio::mutable_buffer into_room(room.data(), room.size());
  std::size_t bytes = 0;
  if (c.tls)
    bytes = co_await c.tls->async_read_some(into_room, into(ec));
  else
    bytes = co_await c.socket.async_read_some(into_room, into(ec));
  c.reader.commit(bytes);
}

Awaitable<void> send(Connection& c, const std::array<asio::const_buffer, 2>& buffers, error_code& ec) {
  if (c.tls)
    co_await asio::async_write(*c.tls, buffers, into(ec));
  else
    co_await asio::async_write(c.socket, buffers, into(ec));
}

}  // namespace

// Everything but handlers runs on io_thread_; only stop() and run() are called from elsewhere.
class Server::Engine {
 public:
  Engine(ServerSettings settings, Handler handler);
  ~Engine() { stop(); }

  Result<void> open();
  void start();
  void stop();
  std::uint16_t port() const { return port_; }
  std::string url() const;

 private:
  Result<void> open_port();
  Awaitable<void> accept_all();
  void admit(Socket socket);
  void leave(const ConnectionPtr& c, const std::exception_ptr& failure);
  Awaitable<void> sweep();
  void attend(Connection& c, Steady::time_point now);
  void begin_stop();

  Awaitable<void> serve(ConnectionPtr c);
  Awaitable<bool> handshake(Connection& c);
  Awaitable<bool> request_begins(Connection& c, bool first);
  Awaitable<bool> exchange(const ConnectionPtr& c, bool last);
  Awaitable<int> read_request(Connection& c);
  Awaitable<void> answer_expectation(Connection& c, error_code& ec);
  Awaitable<Response> run_on_worker(const ConnectionPtr& c, const Request& request);
  Awaitable<bool> write(Connection& c, const Incoming& in, const Response& response, bool keep_alive);
  Awaitable<void> linger(Connection& c);

  Response run(const Request& request) const;
  Response page(int status) const;
  Steady::duration write_time(std::size_t bytes) const;
  Instant now() const;
  void log(std::string_view line) const;

  const ServerSettings settings_;
  const Handler handler_;
  asio::io_context io_{1};
  Acceptor acceptor_{io_};
  SocketFile socket_file_;
  std::optional<FreshContext> tls_;
  std::uint16_t port_ = 0;
  asio::steady_timer sweeper_{io_};
  std::unordered_set<ConnectionPtr> connections_;
  bool stopping_ = false;
  Steady::time_point stop_deadline_;
  Steady::time_point quiet_until_{};  // about handshakes that failed: whoever floods must not flood the log
  asio::thread_pool workers_;
  std::thread io_thread_;
  std::once_flag stopped_;
};

Server::Engine::Engine(ServerSettings settings, Handler handler)
    : settings_(std::move(settings)),
      handler_(std::move(handler)),
      workers_(std::max(1U, settings_.worker_threads)) {}

Result<void> Server::Engine::open() {
  if (settings_.tls) {
    SHOMEI_TRY(auto context, server_context(*settings_.tls));
    tls_.emplace(*settings_.tls, std::move(context));
  }
  return settings_.unix_socket.empty() ? open_port() : socket_file_.listen(acceptor_, settings_.unix_socket);
}

Result<void> Server::Engine::open_port() {
  error_code ec;
  const auto address = asio::ip::make_address(settings_.address, ec);
  if (ec) return malformed("address_form", {{"address", settings_.address}});
  SHOMEI_CHECK(listen_at(acceptor_, tcp::endpoint(address, settings_.port)));
  const auto local = acceptor_.local_endpoint(ec);
  tcp::endpoint endpoint;
  std::memcpy(endpoint.data(), local.data(), std::min(local.size(), endpoint.capacity()));
  port_ = endpoint.port();
  return {};
}

std::string Server::Engine::url() const {
  if (!settings_.unix_socket.empty()) return "unix:" + settings_.unix_socket.string();
  const bool six = settings_.address.find(':') != std::string::npos;
  return (settings_.tls ? "https://" : "http://") +
         (six ? "[" + settings_.address + "]" : settings_.address) + ":" + std::to_string(port_);
}

void Server::Engine::start() {
  const auto stop_the_process = [](std::exception_ptr failure) {
    if (failure) std::rethrow_exception(failure);
  };
  asio::co_spawn(io_, accept_all(), stop_the_process);
  asio::co_spawn(io_, sweep(), stop_the_process);
  io_thread_ = std::thread([this] { io_.run(); });
}

void Server::Engine::stop() {
  std::call_once(stopped_, [this] {
    if (!io_thread_.joinable()) return;
    asio::post(io_, [this] { begin_stop(); });
    io_thread_.join();
    workers_.join();
  });
}

void Server::Engine::begin_stop() {
  error_code ignored;
  socket_file_.remove();
  acceptor_.close(ignored);
  stopping_ = true;
  stop_deadline_ = Steady::now() + settings_.limits.stop_grace;
  sweeper_.cancel();
}

Awaitable<void> Server::Engine::accept_all() {
  while (acceptor_.is_open()) {
    error_code ec;
    Socket socket(io_);
    co_await acceptor_.async_accept(socket, into(ec));
    if (!ec && !stopping_) admit(std::move(socket));
    if (!ec || stopping_) continue;
    log("no connection can be accepted: " + ec.message());
    asio::steady_timer pause(io_, kAcceptPause);
    co_await pause.async_wait(into(ec));
  }
}

void Server::Engine::admit(Socket socket) {
  if (connections_.size() >= settings_.limits.connections_max) {
    if (!tls_) turn_away(std::move(socket), page(503), now());
    return;
  }
  error_code ignored;
  if (settings_.unix_socket.empty()) socket.set_option(tcp::no_delay(true), ignored);
  const auto context = tls_ ? tls_->get(Steady::now(), settings_.log) : TlsContext{};
  const auto c = std::make_shared<Connection>(std::move(socket), context, settings_.limits);
  connections_.insert(c);
  asio::co_spawn(io_, serve(c), [this, c](const std::exception_ptr& failure) { leave(c, failure); });
}

void Server::Engine::leave(const ConnectionPtr& c, const std::exception_ptr& failure) {
  connections_.erase(c);
  if (failure) log("a connection was given up: out of memory");
  if (stopping_ && connections_.empty()) sweeper_.cancel();
}

// Deadlines are swept, not timed one by one: a request costs no timer, and one that is past its deadline is
// cancelled again at every sweep until its coroutine has noticed.
Awaitable<void> Server::Engine::sweep() {
  while (!stopping_ || !connections_.empty()) {
    error_code woken;
    sweeper_.expires_after(kSweepEvery);
    co_await sweeper_.async_wait(into(woken));
    const auto at = Steady::now();
    for (const auto& c : connections_) attend(*c, at);
  }
}

void Server::Engine::attend(Connection& c, Steady::time_point at) {
  error_code ignored;
  if (stopping_ && at >= stop_deadline_) {
    c.abandoned = true;
    c.socket.close(ignored);
  } else if (at >= c.deadline || (stopping_ && c.between_requests)) {
    c.socket.cancel(ignored);
  }
}

Awaitable<void> Server::Engine::serve(ConnectionPtr c) {
  bool goes_on = true;
  if (c->tls) goes_on = co_await handshake(*c);
  if (!goes_on) co_return;
  for (std::size_t count = 1; goes_on; ++count) {
    goes_on = co_await request_begins(*c, count == 1);
    if (goes_on) goes_on = co_await exchange(c, count >= settings_.limits.requests_per_connection_max);
  }
  co_await linger(*c);
}

// Nothing is lost when it is cut off: a stop need not wait for it.
Awaitable<bool> Server::Engine::handshake(Connection& c) {
  c.between_requests = true;
  c.deadline = Steady::now() + settings_.limits.header_timeout;
  error_code ec;
  co_await c.tls->async_handshake(asio::ssl::stream_base::server, into(ec));
  if (!ec) {
    c.peer->certificate = certificate_of_peer(c.tls->native_handle());
  } else if (Steady::now() >= quiet_until_) {
    quiet_until_ = Steady::now() + kQuiet;
    log("a client was not let in: " + (ec.message().empty() ? std::string("TLS") : ec.message()));
  }
  co_return !ec;
}

Awaitable<bool> Server::Engine::request_begins(Connection& c, bool first) {
  c.between_requests = true;
  c.deadline = Steady::now() + (first ? settings_.limits.header_timeout : settings_.limits.idle_timeout);
  error_code ec;
  while (c.reader.idle() && !c.reader.has_more() && !ec && !stopping_) co_await fill(c, ec);
  c.between_requests = false;
  co_return c.reader.has_more();
}

// One request and its answer; whether another may follow.
Awaitable<bool> Server::Engine::exchange(const ConnectionPtr& c, bool last) {
  Response response;
  const int status = co_await read_request(*c);
  if (status == kGone) co_return false;
  Incoming in = c->reader.take();
  if (status == kComplete) {
    in.request.remote_address = c->peer->address;
    in.request.peer = c->peer;
    response = co_await run_on_worker(c, in.request);
  } else {
    response = page(status);
  }
  const bool keep_alive = status == kComplete && in.keep_alive && !last && !stopping_;
  const bool written = co_await write(*c, in, response, keep_alive);
  co_return written&& keep_alive;
}

Awaitable<int> Server::Engine::read_request(Connection& c) {
  using Step = RequestReader::Step;
  error_code ec;
  c.deadline = Steady::now() + settings_.limits.header_timeout;
  Step step = c.reader.step();
  while (step == Step::more || step == Step::head) {
    if (step == Step::head) {
      c.deadline = Steady::now() + settings_.limits.body_timeout;
      co_await answer_expectation(c, ec);
    }
    if (!ec) co_await fill(c, ec);
    if (ec) co_return late_or_gone(ec, c);
    step = c.reader.step();
  }
  c.deadline = Steady::time_point::max();
  co_return step == Step::refused ? c.reader.refusal() : kComplete;
}

// RFC 9110 10.1.1. Other expectations, and a client that has not waited, are read on as if nothing was said.
Awaitable<void> Server::Engine::answer_expectation(Connection& c, error_code& ec) {
  const Incoming& in = c.reader.head();
  const std::string* expectation = in.request.header("Expect");
  if (!expectation || in.http_1_0 || !same_name(*expectation, "100-continue")) co_return;
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(kContinue), asio::const_buffer()};
  co_await send(c, buffers, ec);
}

// Both lambdas refer to what this coroutine keeps alive until the answer is back on the I/O thread.
Awaitable<Response> Server::Engine::run_on_worker(const ConnectionPtr& c, const Request& request) {
  auto initiate = [this, connection = c.get(), &request](auto completion) {
    asio::post(workers_, [this, connection, &request, completion = std::move(completion)]() mutable {
      Response response;
      if (!connection->abandoned) response = run(request);
      asio::post(io_, [completion = std::move(completion), response = std::move(response)]() mutable {
        std::move(completion)(std::move(response));
      });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(std::move(initiate),
                                                                                         asio::use_awaitable);
}

Response Server::Engine::run(const Request& request) const {
  try {
    return handler_(request);
  } catch (const std::exception& failure) {
    log(std::string("a handler threw: ") + failure.what());
  } catch (...) {
    log("a handler threw");
  }
  return page(500);
}

Response Server::Engine::page(int status) const {
  try {
    return settings_.error_page(status);
  } catch (...) {
    return plain_error(status);
  }
}

Awaitable<bool> Server::Engine::write(Connection& c, const Incoming& in, const Response& response,
                                      bool keep_alive) {
  const Framing framing{.keep_alive = keep_alive, .http_1_0 = in.http_1_0, .now = now()};
  const std::string head = encode_head(response, framing);
  ByteView content = response.content();
  if (in.request.method == "HEAD" || !may_have_content(response.status)) content = {};
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head),
                                                  asio::buffer(content.data(), content.size())};
  error_code ec;
  c.deadline = Steady::now() + write_time(content.size());
  co_await send(c, buffers, ec);
  c.deadline = Steady::time_point::max();
  co_return !ec;
}

Steady::duration Server::Engine::write_time(std::size_t bytes) const {
  const auto rate = std::max<std::size_t>(1, settings_.limits.write_bytes_per_second_min);
  return settings_.limits.write_timeout + std::chrono::seconds(bytes / rate);
}

// RFC 9112 9.6: closing with unread bytes resets the connection and can destroy the answer on its way; so
// what still comes is read for a while and thrown away.
Awaitable<void> Server::Engine::linger(Connection& c) {
  error_code ec;
  c.between_requests = true;
  c.deadline = Steady::now() + kLinger;
  if (c.tls) co_await c.tls->async_shutdown(into(ec));
  c.socket.shutdown(Socket::shutdown_send, ec);
  std::array<char, kLingerReadBytes> thrown_away;
  for (std::size_t total = 0; !ec && total < kLingerBytesMax;)
    total += co_await c.socket.async_read_some(asio::buffer(thrown_away), into(ec));
}

Instant Server::Engine::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void Server::Engine::log(std::string_view line) const {
  if (settings_.log) settings_.log(line);
}

Server::Server(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(ServerSettings settings, Handler handler) {
  const Parameters place{{"address", settings.address}, {"port", std::to_string(settings.port)}};
  try {
    auto engine = std::make_unique<Engine>(std::move(settings), std::move(handler));
    SHOMEI_CHECK(engine->open());
    engine->start();
    return std::unique_ptr<Server>(new Server(std::move(engine)));
  } catch (const std::system_error& failure) {  // no thread, no descriptor
    return unavailable("listen_failed", place).with("reason", failure.what());
  }
}

std::uint16_t Server::port() const {
  return engine_->port();
}

std::string Server::url() const {
  return engine_->url();
}

void Server::stop() {
  engine_->stop();
}

}  // namespace shomei::http
